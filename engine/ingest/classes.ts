import { REJECT_REASONS, SET_ASIDE_CLASSES } from '../../shared/domain';
import type { RejectReason, SetAsideClass } from '../../shared/domain';

/** What every record is, exactly one of these; the SQL type `record_class` in record.sql lists the same words. */
export type RecordClass = 'event' | SetAsideClass | RejectReason;

const SET_ASIDE: ReadonlySet<string> = new Set(SET_ASIDE_CLASSES);
const REJECTED: ReadonlySet<string> = new Set(REJECT_REASONS);

/** Whether records of this class are set aside, and so neither events nor rejected. */
export function isSetAside(name: string): name is SetAsideClass {
  return SET_ASIDE.has(name);
}

/** Whether records of this class are rejected. */
export function isRejectReason(name: string): name is RejectReason {
  return REJECTED.has(name);
}

/** A file whose records are all of these is no log of ZPA users at all. */
export const NOT_ZPA: ReadonlySet<string> = new Set(
  ['blank-line', 'other-log-type', 'query-row', ...REJECT_REASONS].filter(
    (name) => name !== 'no-time' && name !== 'time-out-of-range',
  ),
);
