import type { LeftOutReason, Limits } from './sources';

/**
 * What a shell tells its engine process outside the contract. The page cannot send these: a path comes only from the
 * command line, a dialog, a drop or an upload, and the shell grants it.
 */
export interface GrantedPath {
  path: string;
  /** What to call the file on screen; an upload's temporary path is not its name. */
  name: string;
  /** The user named a folder or a pattern, and this came of it: when there is no log in it, the rest is read all the same. */
  isFound?: boolean;
  /** The shell found it and knows already why it is not to be read: that is told, and nothing else of it. */
  leftOut?: LeftOutReason;
}

/** Which case is open. `mayWrite`: this Doppel holds it, and no other writes there. */
export interface CaseTold {
  folder: string;
  mayWrite: boolean;
}

export type EngineControl =
  /**
   * Grant these files, and tell every connected page that they are there to be opened. `quiet` tells no page: after a
   * crash the files are granted again, but the one that may have caused it must not open by itself.
   */
  | { control: 'offer'; files: GrantedPath[]; quiet?: boolean }
  /** Where the bundled sample lies. */
  | { control: 'sample'; path: string }
  /** How far archives may unpack when the page does not say. */
  | { control: 'limits'; limits: Limits }
  /** The case process has told which case is open: the engine may keep a cache in its folder. */
  | { control: 'case'; told: CaseTold };

/** Whether a message of the shell is meant for the process itself, and not for one of its channels. */
export function isEngineControl(message: unknown): message is EngineControl {
  return typeof message === 'object' && message !== null && 'control' in message;
}

/** What a shell tells its case process: open the case in this folder, which the user has chosen in a dialog of the shell. */
export interface CaseControl {
  control: 'open-case';
  folder: string;
}

/** What the case process tells its shell, which passes it on to the engine. */
export interface CaseNews {
  control: 'case-opened';
  told: CaseTold;
}

/** Whether a message of the case process is news for the engine, and not for one of its channels. */
export function isCaseNews(message: unknown): message is CaseNews {
  return isEngineControl(message) && (message as { control: string }).control === 'case-opened'; // our own process sends it whole
}

/** The same, of the process that keeps the case. */
export function isCaseControl(message: unknown): message is CaseControl {
  return isEngineControl(message) && (message as { control: string }).control === 'open-case'; // the shell sends it whole
}
