import type { LogSummary } from '../../shared/domain';
import type { TimeWindow } from './time-window';

/** A time that the log does not tell of; before its first record and after its last the other end is infinite. */
export interface Gap extends TimeWindow {
  readonly edge?: 'before' | 'after';
}

/** All that the log is silent about, by time: no bar there is no proof of absence. */
export function gapsOf({
  coverageGaps,
  firstEvent,
  lastEvent,
}: Pick<LogSummary, 'coverageGaps' | 'firstEvent' | 'lastEvent'>): Gap[] {
  return [
    ...(firstEvent === null ? [] : [{ from: -Infinity, to: firstEvent, edge: 'before' as const }]),
    ...coverageGaps,
    ...(lastEvent === null ? [] : [{ from: lastEvent, to: Infinity, edge: 'after' as const }]),
  ];
}

/** Whether the log was silent between two records, and not before its first or after its last. */
export const isBetween = ({ edge }: Gap): boolean => edge === undefined;

/** Where the log falls silent, or is silent no more: the ends that are a time. */
export function endsOf({ from, to }: Gap): number[] {
  return [from, to].filter(Number.isFinite);
}
