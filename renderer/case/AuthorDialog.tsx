import { use, useState } from 'react';
import { Dialog } from '../Dialog';
import { Value } from '../Value';
import { PreferencesContext } from '../preferences/preference-store';
import css from './AuthorDialog.module.css';

interface Props {
  /** Who decides now. */
  author: string;
  /** The user of the operating system. */
  standard: string;
  onClose: () => void;
}

/** Who decides: the name that every decision, note and line of the history bears from now on. */
export function AuthorDialog({ author, standard, onClose }: Props) {
  const preferences = use(PreferencesContext);
  const [name, setName] = useState(author);
  const trimmed = name.trim();
  return (
    <Dialog title="Who decides" onClose={onClose}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          void preferences.change({ author: trimmed === '' || trimmed === standard ? undefined : trimmed });
          onClose();
        }}
      >
        <label>
          Name{' '}
          <input
            data-focus-first
            value={name}
            maxLength={200}
            placeholder={standard}
            onChange={({ target }) => setName(target.value)}
          />
        </label>
        <p>
          Every decision and note bears it from now on. What was decided before keeps its name. Left empty, it is the
          user of the operating system: <Value text={standard} />.
        </p>
        <button type="submit" data-kind="main">
          Use this name
        </button>
      </form>
    </Dialog>
  );
}
