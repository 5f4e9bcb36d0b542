import { BookMarked, Check, Pencil, Trash2, X } from 'lucide-react';
import { use, useState } from 'react';
import { choicesInWords } from '../../shared/choices';
import type { SavedReading } from '../../shared/choices';
import { useCommand } from '../commands/command-store';
import { Dialog } from '../Dialog';
import { formatDay } from '../format-time';
import { PreferencesContext } from '../preferences/preference-store';
import { useStore } from '../store';
import { Value } from '../Value';
import css from './AllReadings.module.css';

/** Leads to all saved readings, whatever files they are for. Nothing to see while none is saved; the command is always there. */
export function ReadingsButton() {
  const readings = useStore(use(PreferencesContext)).preferences?.readings ?? [];
  const [open, setOpen] = useState(false);
  useCommand('Saved readings: see, rename and delete them', () => setOpen(true));
  return (
    <>
      {readings.length > 0 && (
        <button type="button" data-kind="link" onClick={() => setOpen(true)}>
          Saved readings ({readings.length})
        </button>
      )}
      {open && <AllReadings onClose={() => setOpen(false)} />}
    </>
  );
}

/** Every saved reading: what it says, when it was saved; rename or delete it. */
function AllReadings({ onClose }: { onClose: () => void }) {
  const store = use(PreferencesContext);
  const readings = useStore(store).preferences?.readings ?? [];
  return (
    <Dialog title="Saved readings" onClose={onClose}>
      <p className={css.what}>
        A saved reading says how files of one shape are read: it is taken for every file with the same columns or of the
        same format, until somebody chooses otherwise for that file. What is open is not read again by a change here.
      </p>
      {readings.length === 0 ? (
        <p>
          <BookMarked size={16} /> None is saved yet. Import details, Change how it is read, Save this reading.
        </p>
      ) : (
        <ul className={css.readings} aria-label="Saved readings">
          {readings.map((reading) => (
            <ReadingRow key={reading.name} reading={reading} names={readings.map(({ name }) => name)} />
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function ReadingRow({ reading, names }: { reading: SavedReading; names: readonly string[] }) {
  const store = use(PreferencesContext);
  const { name, savedAt, choices } = reading;
  // undefined: nobody renames it
  const [typed, setTyped] = useState<string>();
  const next = typed?.trim() ?? '';
  const taken = next !== name && names.includes(next);
  return (
    <li>
      {typed === undefined ? (
        <strong className={css.name}>
          <Value text={name} />
        </strong>
      ) : (
        <form
          className={css.rename}
          onSubmit={(event) => {
            event.preventDefault();
            if (next === '' || taken) return;
            if (next !== name) void store.renameReading(name, next);
            setTyped(undefined);
          }}
        >
          <input
            aria-label={`New name of ${name}`}
            aria-invalid={taken}
            value={typed}
            maxLength={100}
            spellCheck={false}
            ref={(input) => input?.focus()}
            onChange={(event) => setTyped(event.target.value)}
          />
          <button type="submit" disabled={next === '' || taken} aria-label="Rename">
            <Check size={16} />
          </button>
          <button type="button" aria-label="Keep the name" onClick={() => setTyped(undefined)}>
            <X size={16} />
          </button>
          {taken && <span className={css.words}>This name is taken.</span>}
        </form>
      )}
      <span className={css.words}>
        <Value text={choicesInWords(choices)} />. Saved on {formatDay(savedAt)}.
      </span>
      <span className={css.actions}>
        <button type="button" aria-label={`Rename ${name}`} onClick={() => setTyped(name)}>
          <Pencil size={16} />
        </button>
        <button type="button" aria-label={`Delete ${name}`} onClick={() => void store.deleteReading(name)}>
          <Trash2 size={16} />
        </button>
      </span>
    </li>
  );
}
