import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Pencil, Trash2 } from 'lucide-react';
import type { Note } from '../../shared/decisions';
import { isoTime } from '../../shared/time';
import { Value } from '../Value';
import { formatTime, wholeSecond } from '../format-time';
import { useStore } from '../store';
import { NoteField } from './NoteField';
import { NoteText } from './NoteText';
import type { CaseStore } from './case-store';
import { useFieldKey } from './use-field-key';
import css from './CasePanel.module.css';

interface Props {
  store: CaseStore;
  finding: string;
  /** The field of the next note takes the focus at once. */
  writing: boolean;
}

/** What was written about a finding, the oldest first, and below it the field for the next note. */
export function Notes({ store, finding, writing }: Props) {
  const { info, decisions, drafts } = useStore(store);
  const disabled = info?.readOnly !== null;
  const notes = decisions.get(finding)?.notes ?? [];
  const draft = drafts.get(finding) ?? '';
  const field = useRef<HTMLTextAreaElement>(null);
  const [edited, setEdited] = useState<{ id: string; text: string }>();
  const leave = useFieldKey('Write a note', 'd', field);

  useEffect(() => {
    if (writing) field.current?.focus();
  }, [writing]);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.lastElementChild?.scrollIntoView({ block: 'nearest' });
  }, [notes.length]);
  useEffect(() => () => store.flushDrafts(), [store]);

  const saveNew = async (text: string): Promise<boolean> => {
    const saved = await store.decide([finding], { note: { text } });
    // what was typed while it was being saved is a draft still
    if (saved && store.state.drafts.get(finding)?.trim() === text) store.draft(finding, '');
    return saved;
  };
  const saveEdited = async (id: string, text: string): Promise<boolean> => {
    const saved = await store.decide([finding], { note: { id, text } });
    if (saved) endChange();
    return saved;
  };
  const endChange = (): void => {
    setEdited(undefined);
    field.current?.focus(); // the field that had the focus goes away
  };
  const remove = (id: string): void => {
    field.current?.focus(); // the button goes away
    void store.decide([finding], { note: { id, text: null } });
  };
  return (
    <div className={css.notes}>
      {notes.length === 0 ? (
        <p className={css.none}>No note yet.</p>
      ) : (
        <ol ref={list} className={css.list} aria-label="Notes">
          {notes.map((note) => (
            <li key={note.id}>
              <NoteHead note={note}>
                <button
                  type="button"
                  title="Change this note"
                  aria-label="Change this note"
                  disabled={disabled}
                  onClick={() => setEdited({ id: note.id, text: note.text })}
                >
                  <Pencil size={14} />
                </button>
                <button
                  type="button"
                  title="Remove this note"
                  aria-label="Remove this note"
                  disabled={disabled}
                  onClick={() => remove(note.id)}
                >
                  <Trash2 size={14} />
                </button>
              </NoteHead>
              {edited?.id === note.id ? (
                <NoteField
                  label="Change the note"
                  text={edited.text}
                  onText={(text) => setEdited({ id: note.id, text })}
                  onSave={(text) => saveEdited(note.id, text)}
                  onLeave={endChange}
                  changes
                  disabled={disabled}
                />
              ) : (
                <NoteText text={note.text} />
              )}
            </li>
          ))}
        </ol>
      )}
      <NoteField
        field={field}
        label="Write a note (d)"
        text={draft}
        onText={(text) => store.draft(finding, text)}
        onSave={saveNew}
        onLeave={leave}
        disabled={disabled}
        isDraft={draft !== ''}
      />
    </div>
  );
}

function NoteHead({ note, children }: { note: Note; children: ReactNode }) {
  return (
    <div className={css.head}>
      <span>
        <strong>
          <Value text={note.author} />
        </strong>{' '}
        <time dateTime={isoTime(note.ts)}>{formatTime(wholeSecond(note.ts))}</time>
      </span>
      {children}
    </div>
  );
}
