import { isoTime } from '../../shared/time';
import { formatShort } from '../format-time';
import { useZone } from './zone';

/** A time as a cell of a table has it; also where nothing else is rendered again, it follows the zone. */
export function TimeInZone({ at }: { at: number }) {
  useZone();
  return <time dateTime={isoTime(at)}>{formatShort(at)}</time>;
}

/** The head of a column of times: `First (UTC)`. */
export function ZoneHead({ text }: { text: string }) {
  return `${text} (${useZone()})`;
}
