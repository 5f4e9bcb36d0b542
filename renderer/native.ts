import { DoppelError, messageOf, throwIfCancelled } from '../shared/errors';
import { bytesToSend } from './open/folder-files';
import type { ChosenFile } from './open/folder-files';

/** What a dialog lets a person choose: few systems have one for both. */
export type DialogKind = 'files' | 'folder';

interface TransferOptions {
  signal: AbortSignal;
  /** Bytes handed over so far, over all files. */
  onProgress: (bytesDone: number) => void;
}

/** What differs between the shells when a person picks a file. An absent capability is undefined and the page adapts. */
export interface Native {
  /** The shell's own file dialog. Where there is none, the page's file input is the way. */
  openDialog: ((kind: DialogKind) => Promise<void>) | undefined;
  /** `openFiles` takes a dropped folder as one file; else the page looks for the files in it. */
  takesFolders: boolean;
  /** The shell's own dialog for the folder of a case, which is then opened. Undefined where there is none. */
  openCase: (() => Promise<void>) | undefined;
  /** Hands dropped or chosen files to the shell; each comes back as a granted file in the event 'files.offered'. */
  openFiles(files: readonly ChosenFile[], options: TransferOptions): Promise<void>;
}

/** What electron/preload.ts exposes. */
export interface DoppelShell {
  kind: 'electron';
  openDialog(): Promise<void>;
  openCaseDialog(): Promise<void>;
  openFolderDialog(): Promise<void>;
  openDropped(file: File): Promise<void>;
}

declare global {
  interface Window {
    doppelShell?: DoppelShell;
  }
}

/** What the desktop shell can do for the page. */
export function electronNative(shell: DoppelShell): Native {
  return {
    openCase: () => shell.openCaseDialog().catch(refused),
    openDialog: (kind) => (kind === 'folder' ? shell.openFolderDialog() : shell.openDialog()).catch(refused),
    takesFolders: true,
    openFiles: async (files, { signal, onProgress }) => {
      let done = 0;
      for (const { file } of files) {
        throwIfCancelled(signal);
        await shell.openDropped(file).catch(refused);
        onProgress((done += file.size));
      }
    },
  };
}

/** The shell says in words why it did not open a file; across the bridge only the words remain of an error. */
function refused(error: unknown): never {
  throw new DoppelError('file-unreadable', messageOf(error));
}

/** A browser gives no path to a page, so the file is streamed to the web shell, on this machine. */
export function webNative(token: string): Native {
  return {
    openDialog: undefined,
    openCase: undefined,
    takesFolders: false,
    openFiles: async (files, { signal, onProgress }) => {
      let before = 0;
      for (const chosen of files) {
        const base = before;
        await upload(chosen, token, signal, (bytes) => onProgress(base + bytes));
        before += bytesToSend(chosen);
      }
    },
  };
}

/** XMLHttpRequest, because fetch cannot say how much of a body has been sent. */
function upload(
  { file, name, isFound, leftOut }: ChosenFile,
  token: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = (): void => request.abort();
    const settle = (error?: DoppelError): void => {
      signal.removeEventListener('abort', abort);
      if (error) reject(error);
      else resolve();
    };
    const parameters = new URLSearchParams({ name });
    if (isFound) parameters.set('found', '');
    if (leftOut !== undefined) parameters.set('left-out', leftOut);
    request.open('POST', `/files?${parameters}`);
    request.setRequestHeader('authorization', `Bearer ${token}`);
    request.upload.addEventListener('progress', (event) => onBytes(event.loaded));
    request.addEventListener('abort', () => settle(new DoppelError('cancelled', 'Cancelled.')));
    request.addEventListener('error', () =>
      settle(
        new DoppelError(
          'file-unreadable',
          `${name} could not be read to its end. If it is a folder, drop the files in it; if it changed meanwhile, open it again.`,
        ),
      ),
    );
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) return settle();
      const reason = request.responseText.trim().slice(0, 500) || `answer ${request.status}`;
      return settle(new DoppelError('file-unreadable', `${name} was not accepted: ${reason}`));
    });
    if (signal.aborted) return settle(new DoppelError('cancelled', 'Cancelled.'));
    signal.addEventListener('abort', abort, { once: true });
    request.send(leftOut === undefined ? file : null);
  });
}
