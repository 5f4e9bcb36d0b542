import { useEffect, useMemo, useRef, useState } from 'react';
import type { Change } from '../../shared/decisions';
import { messageOf } from '../../shared/errors';
import { Dialog } from '../Dialog';
import { formatCount } from '../format-number';
import { useStore } from '../store';
import { BulkFields } from './BulkFields';
import css from './BulkDialog.module.css';
import { bulkInWords } from './bulk-words';
import type { CaseStore } from './case-store';

interface Props {
  decisions: CaseStore;
  /** What is asked for so far, such as by a key. */
  asked: Change;
  ticked: (signal: AbortSignal) => Promise<string[]>;
  onClose: () => void;
}

/** One change for all findings that are ticked. It says how many they are before anything is done; Undo takes all of it back. */
export function BulkDialog({ decisions: store, asked, ticked, onClose }: Props) {
  const { decisions } = useStore(store);
  const [change, setChange] = useState(asked);
  const [ids, setIds] = useState<string[]>();
  const [problem, setProblem] = useState<string>();
  const [saved, setSaved] = useState<number>();
  const abort = useRef(new AbortController());
  const resolve = useRef(ticked);
  useEffect(() => {
    const mine = new AbortController();
    abort.current = mine;
    resolve.current(mine.signal).then(setIds, (error: unknown) => {
      if (!mine.signal.aborted) setProblem(messageOf(error));
    });
    return () => mine.abort();
  }, []);

  const asksAtOnce = bulkInWords(asked, 1) !== undefined;
  const count = ids?.length ?? 0;
  const unjudged = useMemo(
    () => ids?.filter((id) => (decisions.get(id)?.verdict ?? null) === null).length ?? 0,
    [ids, decisions],
  );
  const words = bulkInWords(change, count);
  const needsVerdict = change.status === 'closed' && !change.verdict && (change.verdict === null || unjudged > 0);
  const ready = ids !== undefined && count > 0 && words !== undefined && !needsVerdict && saved === undefined;

  const run = async (): Promise<void> => {
    if (!ids || !ready) return;
    setSaved(0);
    await store.decide(ids, change, { onSaved: setSaved, signal: abort.current.signal, tell: 'Changed' });
    onClose();
  };
  return (
    <Dialog title="Change all that are ticked" onClose={onClose}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <BulkFields change={change} onChange={setChange} disabled={saved !== undefined} focusFirst={!asksAtOnce} />
        <p className={css.question} aria-live="polite">
          {problem ?? questionOf(ids, words)}
        </p>
        {needsVerdict && ids && (
          <p>
            A finding is closed with a verdict, and {formatCount(change.verdict === null ? count : unjudged)} of these
            would have none: choose one for all.
          </p>
        )}
        <div className={css.actions}>
          <button
            type="submit"
            data-kind="main"
            // not disabled: it has the focus while the findings are still being counted
            aria-disabled={!ready}
            data-focus-first={asksAtOnce || undefined}
          >
            {words ?? 'Change'}
          </button>
          <button type="button" onClick={onClose}>
            {saved === undefined ? 'Cancel' : 'Stop'}
          </button>
          {saved !== undefined && (
            <output>
              {formatCount(saved)} of {formatCount(count)} saved
            </output>
          )}
        </div>
      </form>
    </Dialog>
  );
}

function questionOf(ids: readonly string[] | undefined, words: string | undefined): string {
  if (ids === undefined) return 'Counting what is ticked.';
  if (ids.length === 0) return 'Nothing is ticked any more.';
  return words === undefined ? 'Choose what is to change.' : `${words}?`;
}
