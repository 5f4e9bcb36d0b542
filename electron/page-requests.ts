/** What the page may ask of main, through the preload. Everything else it asks of the engine. */
import type { IpcMainInvokeEvent } from 'electron';
import * as v from 'valibot';
import { messageOf } from '../shared/errors';
import { CHANNELS } from './electron-api';
import type { ElectronApi } from './electron-api';
import { isOwnPage } from './page-window';

/** No path of any system is longer. */
const Path = v.pipe(v.string(), v.minLength(1), v.maxLength(32_767));
const DroppedArguments = v.strictTuple([Path]);

interface PageRequests {
  showOpenDialog(kind: 'openFile' | 'openDirectory'): Promise<void>;
  showCaseDialog(): Promise<void>;
  /** Throws a DoppelError when the file will not do. */
  open(path: string): void;
}

/**
 * Answers the page in the main frame of the window, and nobody else. An answer is undefined, or what is wrong in words
 * for the user: an error would reach the page wrapped in Electron's own words.
 */
export function answerPage({ ipcMain }: Pick<ElectronApi, 'ipcMain'>, requests: PageRequests): void {
  const handle = (channel: string, answer: (args: unknown[]) => Promise<void> | void): void => {
    ipcMain.handle(channel, async (event, ...args: unknown[]) => {
      if (!isFromOwnPage(event)) throw new Error('refused');
      try {
        await answer(args);
        return undefined;
      } catch (error) {
        return messageOf(error);
      }
    });
  };
  handle(CHANNELS.openDialog, () => requests.showOpenDialog('openFile'));
  handle(CHANNELS.openFolderDialog, () => requests.showOpenDialog('openDirectory'));
  handle(CHANNELS.openCaseDialog, () => requests.showCaseDialog());
  handle(CHANNELS.openDropped, (args) => {
    const [path] = v.parse(DroppedArguments, args);
    requests.open(path);
  });
}

function isFromOwnPage({ sender, senderFrame }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isOwnPage(senderFrame.url);
}
