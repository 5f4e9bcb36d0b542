import type { Status, Verdict } from '../../shared/decisions';

/** The key of each status; letters that the timeline uses for steps are left to it. */
export const STATUS_KEYS: Readonly<Record<Status, string>> = { new: '0', 'in progress': 'i', closed: 'c' };

export const VERDICT_KEYS: Readonly<Record<Verdict, string>> = {
  'true positive': '1',
  'benign positive': '2',
  'false positive: incorrect alert logic': '3',
  'false positive: inaccurate data': '4',
  undetermined: '5',
};
