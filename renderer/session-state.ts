import type { Progress } from '../shared/contract';
import type { DetectionSummary, LogSummary } from '../shared/domain';
import type { Client } from '../shared/rpc';
import type { Problem } from './problem';
import type { Choosing } from './reading/files-of';

/** Long work that the page shows, one at a time. */
export type Work = { cancelling: boolean; files: readonly string[] } & (
  | { kind: 'transfer'; bytesDone: number; bytesTotal: number }
  | { kind: 'open'; progress: Progress | undefined; timeLeft: string | undefined }
  | { kind: 'detect'; progress: Progress | undefined }
);

export interface SessionState {
  /** Undefined until the engine is there for the first time; a lost one stays, and its calls reject. */
  client: Client | undefined;
  /** Why there is no engine, for people; undefined before the first try has ended. */
  lost: string | undefined;
  /** What was open when the engine was lost and can be opened again. */
  reopen: readonly string[] | undefined;
  work: Work | undefined;
  log: LogSummary | undefined;
  detection: DetectionSummary | undefined;
  /** Counts the detection runs that the page has seen: whatever was read from an earlier run is stale. */
  run: number;
  problem: Problem | undefined;
  /** A file that somebody is asked about. */
  choosing: Choosing | undefined;
  /** What is opened next is the log of the hand-over that is open. */
  attaching: boolean;
  /** What the files that were to be attached have other than those that were handed over, in words. */
  differences: readonly string[];
}

export const NOTHING_OPEN: SessionState = {
  client: undefined,
  lost: undefined,
  reopen: undefined,
  work: undefined,
  log: undefined,
  detection: undefined,
  run: 0,
  problem: undefined,
  choosing: undefined,
  attaching: false,
  differences: [],
};
