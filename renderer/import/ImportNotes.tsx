import { ChevronDown, CircleAlert, TriangleAlert } from 'lucide-react';
import { Value } from '../Value';
import css from './ImportStrip.module.css';
import { noteCounts } from './import-words';
import type { ImportNote } from './import-words';

const NOTES_SHOWN = 3;

interface Props {
  notes: readonly ImportNote[];
  onMore: () => void;
}

/** What to know before trusting the findings; several fold away to one line that says how many they are. */
export function ImportNotes({ notes, onMore }: Props) {
  const list = (
    <ul>
      {notes.slice(0, NOTES_SHOWN).map((note) => (
        <Note key={`${note.file} ${note.text}`} note={note} />
      ))}
      {notes.length > NOTES_SHOWN && (
        <li>
          <button type="button" data-kind="link" onClick={onMore}>
            {notes.length - NOTES_SHOWN} more
          </button>
        </li>
      )}
    </ul>
  );
  if (notes.length === 1) return <div className={css.notes}>{list}</div>;
  return (
    <details className={css.notes} open>
      <summary data-incomplete={notes.some(({ incomplete }) => incomplete)}>
        <ChevronDown size={16} /> {noteCounts(notes)}
      </summary>
      {list}
    </details>
  );
}

function Note({ note }: { note: ImportNote }) {
  return (
    <li data-incomplete={note.incomplete}>
      {note.incomplete ? <CircleAlert size={16} /> : <TriangleAlert size={16} />}
      <span>
        <strong>{note.incomplete ? 'Incomplete' : 'Warning'}</strong>
        {note.file !== '' && (
          <>
            , <Value text={note.file} />
          </>
        )}
        : <Value text={note.text} />
      </span>
    </li>
  );
}
