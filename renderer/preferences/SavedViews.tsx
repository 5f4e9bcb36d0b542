import { Trash2 } from 'lucide-react';
import { use, useState } from 'react';
import type { SavedView } from '../../shared/preferences';
import { Dialog } from '../Dialog';
import { Value } from '../Value';
import { conditionsOf } from '../findings/filter-store';
import { conditionInWords } from '../findings/filter-words';
import { useStore } from '../store';
import css from './SavedViews.module.css';
import { PreferencesContext } from './preference-store';

interface Props {
  /** What is shown now, to be saved. */
  filter: SavedView['filter'];
  sort: SavedView['sort'];
  layout: NonNullable<SavedView['layout']>;
  onApply: (view: SavedView) => void;
  onClose: () => void;
}

/** Ways to look at the findings, under names: apply one, delete one, save what is shown now. */
export function SavedViews({ filter, sort, layout, onApply, onClose }: Props) {
  const store = use(PreferencesContext);
  const { preferences } = useStore(store);
  const [name, setName] = useState('');
  const views = preferences?.views ?? [];
  const trimmed = name.trim();
  const taken = views.some((view) => view.name === trimmed);
  return (
    <Dialog title="Saved views" onClose={onClose}>
      {views.length === 0 ? (
        <p>No view is saved yet. A view is a filter with the order and the columns of the table.</p>
      ) : (
        <ul className={css.views} aria-label="Saved views">
          {views.map((view) => (
            <li key={view.name}>
              <button type="button" onClick={() => onApply(view)}>
                <Value text={view.name} />
              </button>
              <span className={css.words}>
                <Value text={inWords(view.filter)} />
              </span>
              <button type="button" aria-label={`Delete ${view.name}`} onClick={() => void store.deleteView(view.name)}>
                <Trash2 size={16} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (trimmed === '') return;
          void store.saveView({ name: trimmed, filter, sort, layout });
          setName('');
        }}
      >
        <label>
          Name <input value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
        </label>
        <button type="submit" data-kind="main" disabled={trimmed === ''}>
          {taken ? 'Replace the view of this name' : 'Save what is shown now'}
        </button>
        <span className={css.words}>
          <Value text={inWords(filter)} />
        </span>
      </form>
    </Dialog>
  );
}

function inWords(filter: SavedView['filter']): string {
  const words = conditionsOf(filter).map((condition) => conditionInWords(filter, condition));
  return words.length === 0 ? 'All flagged users' : words.join('; ');
}
