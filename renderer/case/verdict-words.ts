import type { Verdict } from '../../shared/decisions';

/** A verdict where there is little room, such as in a cell of the queue; the whole words are Sentinel's. */
export const SHORT_VERDICTS: Readonly<Record<Verdict, string>> = {
  'true positive': 'true positive',
  'benign positive': 'benign positive',
  'false positive: incorrect alert logic': 'false pos.: logic',
  'false positive: inaccurate data': 'false pos.: data',
  undetermined: 'undetermined',
};
