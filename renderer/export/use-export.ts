import { useEffect, useRef, useState } from 'react';
import { isCancelled } from '../../shared/errors';
import { problemOf } from '../problem';
import { saveBlob } from './save-blob';
import type { ExportOptions, Exported } from './write-export';

export type ExportState =
  | { is: 'idle' }
  | { is: 'running'; words: string; share: number | undefined }
  | { is: 'saved'; exported: Exported }
  | { is: 'failed'; words: string };

/** One export at a time: writes it, saves it, says how far it is. What is on its way is given up with the view. */
export function useExport(): {
  state: ExportState;
  start: (write: (options: ExportOptions) => Promise<Exported>) => void;
  cancel: () => void;
} {
  const [state, setState] = useState<ExportState>({ is: 'idle' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const run = async (write: (options: ExportOptions) => Promise<Exported>): Promise<void> => {
    running.current?.abort();
    const { signal } = (running.current = new AbortController());
    const show = (next: ExportState): void => {
      if (!signal.aborted) setState(next);
    };
    show({ is: 'running', words: 'Getting ready', share: undefined });
    try {
      const onProgress = (words: string, share?: number): void => show({ is: 'running', words, share });
      const exported = await write({ signal, onProgress });
      if (signal.aborted) return;
      saveBlob(exported.blob, exported.name);
      show({ is: 'saved', exported });
    } catch (error) {
      const { title, message } = problemOf(error);
      if (!isCancelled(error)) show({ is: 'failed', words: `No file was written. ${title} ${message}` });
    }
  };
  return {
    state,
    start: (write) => void run(write),
    cancel: () => {
      running.current?.abort();
      setState({ is: 'failed', words: 'Cancelled: no file was written.' });
    },
  };
}
