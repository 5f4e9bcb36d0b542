import { DoppelError, messageOf, throwIfCancelled } from '../shared/errors';

export interface TransferOptions {
  signal: AbortSignal;
  /** Bytes handed over so far, over all files. */
  onProgress: (bytesDone: number) => void;
}

/** What differs between the shells when a person picks a file. An absent capability is undefined and the page adapts. */
export interface Native {
  /** The shell's own file dialog. Where there is none, the page's file input is the way. */
  openDialog: (() => Promise<void>) | undefined;
  /** Hands dropped or chosen files to the shell; each comes back as a granted file in the event 'files.offered'. */
  openFiles(files: readonly File[], options: TransferOptions): Promise<void>;
}

/** What electron/preload.ts exposes. */
export interface DoppelShell {
  kind: 'electron';
  openDialog(): Promise<void>;
  openDropped(file: File): Promise<void>;
}

declare global {
  interface Window {
    doppelShell?: DoppelShell;
  }
}

export function electronNative(shell: DoppelShell): Native {
  return {
    openDialog: () => shell.openDialog().catch(refused),
    openFiles: async (files, { signal, onProgress }) => {
      let done = 0;
      for (const file of files) {
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
    openFiles: async (files, { signal, onProgress }) => {
      let before = 0;
      for (const file of files) {
        const base = before;
        await upload(file, token, signal, (bytes) => onProgress(base + bytes));
        before += file.size;
      }
    },
  };
}

/** XMLHttpRequest, because fetch cannot say how much of a body has been sent. */
function upload(file: File, token: string, signal: AbortSignal, onBytes: (bytes: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = (): void => request.abort();
    const settle = (error?: DoppelError): void => {
      signal.removeEventListener('abort', abort);
      if (error) reject(error);
      else resolve();
    };
    request.open('POST', `/files?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('authorization', `Bearer ${token}`);
    request.upload.addEventListener('progress', (event) => onBytes(event.loaded));
    request.addEventListener('abort', () => settle(new DoppelError('cancelled', 'Cancelled.')));
    request.addEventListener('error', () =>
      settle(
        new DoppelError(
          'file-unreadable',
          `${file.name} could not be read to its end. If it is a folder, drop the files in it; if it changed meanwhile, open it again.`,
        ),
      ),
    );
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) return settle();
      const reason = request.responseText.trim().slice(0, 500) || `answer ${request.status}`;
      return settle(new DoppelError('file-unreadable', `${file.name} was not accepted: ${reason}`));
    });
    if (signal.aborted) return settle(new DoppelError('cancelled', 'Cancelled.'));
    signal.addEventListener('abort', abort, { once: true });
    request.send(file);
  });
}
