import { Undo2 } from 'lucide-react';
import { visibleText } from '../../shared/visible-text';
import { useStore } from '../store';
import css from './DecisionBar.module.css';
import type { CaseStore } from './case-store';

/** Takes back the last decision, and says which that is. */
export function UndoButton({ store }: { store: CaseStore }) {
  const { undoes } = useStore(store);
  return (
    <button
      type="button"
      disabled={undoes === undefined}
      className={css.undo}
      title={undoes === undefined ? 'Key: u' : `${visibleText(undoes)} (key: u)`}
      onClick={() => void store.undo()}
    >
      <Undo2 size={16} /> <span>{undoes === undefined ? 'Undo' : `Undo ${visibleText(undoes)}`}</span>
    </button>
  );
}
