import { BookMarked, Trash2 } from 'lucide-react';
import { use, useId, useState } from 'react';
import { isDefault, sameChoices } from '../../shared/choices';
import type { Choices } from '../../shared/choices';
import { PreferencesContext } from '../preferences/preference-store';
import { useStore } from '../store';
import { visibleText } from '../../shared/visible-text';
import css from './ReadingDialog.module.css';
import { saveStep } from './save-step';

interface Props {
  /** Of the file, as it is read now; empty where it has no columns to be known by, undefined until that is known. */
  shape: string | undefined;
  choices: Choices;
  /** The choices are whole, and the file can be read so. */
  ready: boolean;
  onChoices: (choices: Choices) => void;
}

/** Choices under names: take those that are saved for files of this shape, save, rename or delete what is chosen. */
export function SavedReadings({ shape, choices, ready, onChoices }: Props) {
  const store = use(PreferencesContext);
  const readings = useStore(store).preferences?.readings ?? [];
  const fitting = readings.filter((each) => each.shape === shape);
  const current = fitting.find((each) => sameChoices(each.choices, choices));
  // follows what is shown, until somebody types
  const [typed, setTyped] = useState<string>();
  const name = (typed ?? current?.name ?? '').trim();
  const id = useId();
  const step = saveStep({ readings, shape, current, name, isDefault: isDefault(choices) });
  const save = (): void => {
    if (!ready || shape === undefined || step.does === undefined) return;
    if (step.does === 'rename') void store.renameReading(step.from, name);
    else void store.saveReading({ name, shape, choices });
    setTyped(undefined);
  };
  return (
    <fieldset className={css.saved} aria-label="Saved readings">
      <div className={css.row}>
        <label htmlFor={`${id}-saved`}>Saved reading</label>
        <select
          id={`${id}-saved`}
          disabled={fitting.length === 0}
          value={current?.name ?? ''}
          onChange={(event) => {
            const chosen = fitting.find((each) => each.name === event.target.value);
            setTyped(undefined);
            onChoices(chosen?.choices ?? {});
          }}
        >
          <option value="">{fitting.length === 0 ? 'none yet' : 'none of them'}</option>
          {fitting.map((each) => (
            <option key={each.name} value={each.name}>
              {visibleText(each.name)}
            </option>
          ))}
        </select>
        <button
          type="button"
          disabled={!current}
          aria-label={current ? `Delete ${current.name}` : 'Delete'}
          onClick={() => current && void store.deleteReading(current.name)}
        >
          <Trash2 size={16} />
        </button>
        <label htmlFor={`${id}-name`}>Name</label>
        <input
          id={`${id}-name`}
          value={typed ?? current?.name ?? ''}
          maxLength={100}
          spellCheck={false}
          placeholder="such as Portal export"
          aria-describedby={`${id}-help`}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault(); // Enter here saves, and does not read the file
            save();
          }}
        />
        <button type="button" disabled={!ready || step.does === undefined} onClick={save}>
          <BookMarked size={16} /> {step.words}
        </button>
      </div>
      <p id={`${id}-help`} className={css.help}>
        {step.help}
      </p>
    </fieldset>
  );
}
