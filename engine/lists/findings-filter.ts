import { asksForDecisions } from '../../shared/findings-filter';
import type { FindingsFilter } from '../../shared/findings-filter';
import type { Values } from '../db';
import { sqlStep, sqlSteps } from '../sql';
import text from './findings-filter.sql?raw';
import { zoneValues } from './zone-hours';

const steps = sqlSteps(text);

/** The findings that a filter lets through, as `from ... where ...` over the columns of `finding`. */
interface FilteredFindings {
  from: string;
  /** What `from` names. */
  values: Values;
  /** The overlaps that meet the conditions about one overlap, as `from overlap ...`; of all users. */
  overlaps: string;
  /** Whether it depends on decisions, and so has their columns. */
  decided: boolean;
}

/**
 * The one place where a filter becomes SQL; its values are bound. `withDecisions`: the caller needs the columns
 * status, verdict, assignee, tags and notes. They need the table `decision` (engine/decisions).
 */
export function filteredFindings(filter: FindingsFilter = {}, withDecisions = false): FilteredFindings {
  const { status, verdict, assignee, tags, notes, countries, devices, ips, ipBlocks, time } = filter;
  const { lengthSeconds, hours, hoursIn, ids } = filter;
  const text = filter.text ?? '';
  const conditions: string[] = [];
  const overlaps: string[] = [];
  const values: Values = {};
  const add = (to: string[], step: string, bound: Values): void => {
    to.push(sqlStep(steps, step));
    Object.assign(values, bound);
  };
  if (text !== '') add(conditions, 'text', { text });
  if (status) add(conditions, 'status', { status });
  if (verdict) add(conditions, 'verdict', { verdict });
  if (assignee) add(conditions, 'assignee', { assignee });
  if (tags) add(conditions, 'tags', { tags });
  if (notes) add(conditions, 'notes', { marks: notes });
  if (countries) add(conditions, 'countries', { countries });
  if (devices) add(conditions, 'devices', { devices });
  if (ids) add(conditions, 'ids', { ids });
  if (ips) add(overlaps, 'overlap-ips', { ips });
  if (ipBlocks) add(overlaps, 'overlap-blocks', { blocks: ipBlocks });
  if (time) add(overlaps, 'overlap-time', { from: time.from, to: time.to });
  if (lengthSeconds) {
    const [shortest, longest] = [lengthSeconds.min, lengthSeconds.max].map(toMs);
    add(overlaps, 'overlap-length', { shortest: shortest ?? null, longest: longest ?? null });
  }
  if (hours) add(overlaps, 'overlap-hours', { hours: hours.map(String), ...zoneValues(hoursIn) });
  const met = overlaps.length === 0 ? 'from overlap' : `from overlap where ${overlaps.join(' and ')}`;
  if (overlaps.length > 0) conditions.push(`user_key in (select user_key ${met})`);
  const decided = withDecisions || asksForDecisions({ filter: { ...filter, text: text || undefined } });
  const base = sqlStep(steps, decided ? 'decided' : 'findings');
  const from = conditions.length === 0 ? base : `${base}\nwhere ${conditions.join(' and ')}`;
  return { from, values, overlaps: met, decided };
}

/** Overlaps are whole ms: at least 0.0004 s is at least 1 ms. */
function toMs(seconds: number | null): number | null {
  return seconds === null ? null : Math.ceil(Math.min(seconds * 1000, Number.MAX_SAFE_INTEGER));
}
