import type { CaseState, FindingState } from '../../shared/decisions';

/** What the page shows of a case. */
export interface CaseView {
  /** Undefined while no case is open. */
  info: CaseState | undefined;
  /** What has been decided, by finding id; a finding that nobody has touched is not in it. */
  decisions: ReadonlyMap<string, FindingState>;
  /** Half-typed notes, by finding id. */
  drafts: ReadonlyMap<string, string>;
  /** What undo takes back next, in words. */
  undoes: string | undefined;
  /** What the last key did, to be said where it cannot be missed; `undo`: it can be taken back. */
  told: { words: string; undo: boolean } | undefined;
  /** Why the last decision is not saved, or the case cannot be asked; for people. */
  problem: string | undefined;
  /** Who decides, as somebody has chosen it; undefined: the user of the operating system. */
  chosenAuthor: string | undefined;
  /** The finding that somebody wants to see, wherever it is shown. */
  wanted: string | undefined;
}

/** While none is open. */
export const NOTHING_OPEN: CaseView = {
  info: undefined,
  decisions: new Map(),
  drafts: new Map(),
  undoes: undefined,
  told: undefined,
  problem: undefined,
  chosenAuthor: undefined,
  wanted: undefined,
};
