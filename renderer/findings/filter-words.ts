import type { FindingsFilter } from '../../shared/findings-filter';
import { spellDuration } from '../../shared/time';
import { countOf } from '../format-number';
import { formatSpan, formatTime } from '../format-time';
import type { Condition } from './filter-store';

const LISTED = 3;

/** What the empty text stands for in a list of the filter. */
export const NOTHING: Partial<Record<Condition, string>> = {
  verdict: 'none yet',
  tags: 'none',
  assignee: 'nobody',
  notes: 'none',
  countries: 'not in the log',
  devices: 'not in the log',
};

/** A condition in words, such as `Country: DE or BR`; undefined when the filter does not have it. */
export function conditionInWords(filter: FindingsFilter, condition: Condition): string | undefined {
  switch (condition) {
    case 'text':
      return filter.text === undefined ? undefined : `Contains: ${filter.text}`;
    case 'status':
      return listed('Status', filter.status);
    case 'verdict':
      return listed('Verdict', filter.verdict, NOTHING.verdict);
    case 'tags':
      return listed('Tag', filter.tags, NOTHING.tags);
    case 'assignee':
      return listed('Assignee', filter.assignee, NOTHING.assignee);
    case 'notes':
      return listed('Notes', filter.notes, NOTHING.notes);
    case 'countries':
      return listed('Country', filter.countries, NOTHING.countries);
    case 'devices':
      return listed('Device', filter.devices, NOTHING.devices);
    case 'ips':
      return listed('Overlap at IP', filter.ips);
    case 'ipBlocks':
      return listed('Overlap in IP block', filter.ipBlocks);
    case 'time':
      return filter.time && timeInWords(filter.time);
    case 'lengthSeconds':
      return filter.lengthSeconds && lengthInWords(filter.lengthSeconds);
    case 'hours':
      return (
        filter.hours &&
        listed(
          `Overlap in hour of day (${filter.hoursIn ?? 'UTC'})`,
          filter.hours.toSorted((a, b) => a - b).map(hourInWords),
        )
      );
    case 'hoursIn':
      return undefined;
    case 'ids':
      return filter.ids && `Chosen: ${countOf(filter.ids.length, 'finding')}`;
  }
}

/** `09:00` */
export function hourInWords(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

function listed(name: string, entries: readonly string[] | undefined, none = ''): string | undefined {
  if (!entries) return undefined;
  const words = entries.map((entry) => (entry === '' ? none : entry));
  const more = words.length - LISTED;
  return `${name}: ${words.slice(0, LISTED).join(' or ')}${more > 0 ? ` or ${more} more` : ''}`;
}

function timeInWords({ from, to }: NonNullable<FindingsFilter['time']>): string {
  if (from !== null && to !== null) return `Overlap within ${formatSpan(from, to)}`;
  if (from !== null) return `Overlap after ${formatTime(from)}`;
  return to === null ? 'Overlap at any time' : `Overlap before ${formatTime(to)}`;
}

function lengthInWords({ min, max }: NonNullable<FindingsFilter['lengthSeconds']>): string {
  if (min !== null && max !== null) return `Overlap of ${spell(min)} to less than ${spell(max)}`;
  if (min !== null) return `Overlap of ${spell(min)} or longer`;
  return max === null ? 'Overlap of any length' : `Overlap shorter than ${spell(max)}`;
}

function spell(seconds: number): string {
  return spellDuration(Math.round(seconds * 1000));
}
