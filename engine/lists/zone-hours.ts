import { DoppelError } from '../../shared/errors';
import { parseTimeZone } from '../../shared/time-zone';
import { offsetsIn } from '../../shared/zone-offset';
import type { Values } from '../db';

/** ZPA logs are of these years; what lies outside has the distance from UTC of the nearer end. */
const [FROM, TO] = [Date.UTC(2000, 0), Date.UTC(2040, 0)];
const known = new Map<string, Values>();

/**
 * What SQL needs to tell the hours of the day in a zone: `$zone_starts` says from when, in ms, each of `$zone_offsets` is
 * the zone's distance from UTC. Throws `bad-params` for what is no zone.
 */
export function zoneValues(text = 'UTC'): Values {
  const before = known.get(text);
  if (before) return before;
  const zone = parseTimeZone(text);
  if (!zone) throw new DoppelError('bad-params', `There is no time zone ${text}.`);
  const offsets = offsetsIn(zone, FROM, TO);
  const values = {
    zone_starts: offsets.map(({ from }) => String(from)),
    zone_offsets: offsets.map(({ offsetMs }) => String(offsetMs)),
  };
  known.set(text, values);
  return values;
}
