/** Electron as the desktop shell uses it. Passed in, so that everything but entry.ts and preload.ts runs under plain Node. */
import type * as Electron from 'electron';

export type ElectronApi = Pick<
  typeof Electron,
  | 'app'
  | 'BrowserWindow'
  | 'Menu'
  | 'MessageChannelMain'
  | 'dialog'
  | 'ipcMain'
  | 'protocol'
  | 'screen'
  | 'session'
  | 'utilityProcess'
>;

/** What main and preload say to each other. */
export const CHANNELS = {
  /** main -> preload: a port to the engine, a new one after each restart. */
  port: 'doppel:port',
  /** main -> preload: a port to the keeper of the case, as well. */
  casePort: 'doppel:case-port',
  /** preload -> main: show the dialog that opens a case. */
  openCaseDialog: 'doppel:open-case-dialog',
  /** preload -> main: show the dialog that opens files. */
  openDialog: 'doppel:open-dialog',
  /** preload -> main: show the dialog that opens a folder. */
  openFolderDialog: 'doppel:open-folder-dialog',
  /** preload -> main: the path of a file or folder that the user dropped. */
  openDropped: 'doppel:open-dropped',
} as const;
