import { Undo2, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Value } from '../Value';
import { useStore } from '../store';
import type { CaseStore } from './case-store';
import css from './DecisionToast.module.css';

/** Long enough to be read and reached; Undo stays in the bar above the queue afterwards. */
const SHOWN_MS = 12_000;

/** What the last key did, with the way back. It lies over the page, so nothing moves, and stays while it is pointed at. */
export function DecisionToast({ store }: { store: CaseStore }) {
  const { told } = useStore(store);
  const place = useRef<HTMLOutputElement>(null);
  useEffect(() => {
    if (!told) return undefined;
    const timer = setInterval(() => {
      if (!place.current?.matches(':hover, :focus-within')) store.tell(undefined);
    }, SHOWN_MS);
    return () => clearInterval(timer);
  }, [store, told]);
  return (
    <output ref={place} aria-label="What was done" className={css.place}>
      {told && (
        <span className={css.toast}>
          <span>
            <Value text={told.words} />
          </span>
          {told.undo && (
            <button type="button" onClick={() => void store.undo()}>
              <Undo2 size={16} /> Undo ( u )
            </button>
          )}
          <button type="button" aria-label="Dismiss" onClick={() => store.tell(undefined)}>
            <X size={16} />
          </button>
        </span>
      )}
    </output>
  );
}
