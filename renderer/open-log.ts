import { createContext } from 'react';
import type { Gap } from './timeline/gap';

/** What a view may need to know of the open log, however deep in the page it stands. */
export interface OpenLog {
  /** Where the log itself is silent, by time: absence of a record there says nothing. */
  gaps: readonly Gap[];
  /** Grows with every run of the detection: what was read from an earlier run is stale. */
  run: number;
  /** It is a hand-over without its log: of users who were not handed over nothing is known. */
  isHandover: boolean;
}

export const OpenLogContext = createContext<OpenLog>({ gaps: [], run: 0, isHandover: false });
