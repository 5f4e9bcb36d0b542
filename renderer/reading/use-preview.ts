import { useEffect, useState } from 'react';
import type { Choices, Preview } from '../../shared/choices';
import { isCancelled } from '../../shared/errors';
import type { Client } from '../../shared/rpc';
import { problemOf } from '../problem';
import type { Problem } from '../problem';

/** Somebody who types or steps through a list is not asked about after every key. */
const PAUSE_MS = 200;

interface ShownPreview {
  /** The last one that worked; it stays on screen while the next is on its way. */
  preview: Preview | undefined;
  problem: Problem | undefined;
  /** What is shown belongs to earlier choices. */
  stale: boolean;
}

/** The preview of a file under these choices: of choices that change quickly only the last are asked about. */
export function usePreview(client: Client, file: string, name: string, choices: Choices): ShownPreview {
  const [shown, setShown] = useState<Omit<ShownPreview, 'stale'> & { of: Choices | undefined }>({
    preview: undefined,
    problem: undefined,
    of: undefined,
  });
  useEffect(() => {
    const abort = new AbortController();
    const ask = async (): Promise<void> => {
      try {
        const preview = await client.call('file.preview', { file, name, choices }, { signal: abort.signal });
        if (!abort.signal.aborted) setShown({ preview, problem: undefined, of: choices });
      } catch (error) {
        if (abort.signal.aborted || isCancelled(error)) return;
        setShown((before) => ({ ...before, problem: problemOf(error), of: choices }));
      }
    };
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [client, file, name, choices]);
  return { preview: shown.preview, problem: shown.problem, stale: shown.of !== choices };
}
