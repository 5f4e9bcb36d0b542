import { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import css from './CasePanel.module.css';

interface Props {
  label: string;
  text: string;
  onText: (text: string) => void;
  /** Gives whether it is saved. */
  onSave: (text: string) => Promise<boolean>;
  /** Esc: whoever writes goes elsewhere. */
  onLeave: () => void;
  /** A note that is there already is changed: it takes the focus at once, and what is typed can be dropped. */
  changes?: boolean;
  disabled?: boolean;
  /** What is typed is kept, and not saved yet. */
  isDraft?: boolean;
  field?: RefObject<HTMLTextAreaElement | null>;
}

/** A text to write: Ctrl+Enter saves it. */
export function NoteField(props: Props) {
  const { label, text, onText, onSave, onLeave, changes = false, disabled = false, isDraft = false } = props;
  const own = useRef<HTMLTextAreaElement>(null);
  const field = props.field ?? own;
  useEffect(() => {
    if (changes) field.current?.focus();
  }, [changes, field]);
  const [saving, setSaving] = useState(false);
  const [saved, setSaved] = useState(false);
  const hint = useId();
  const empty = text.trim() === '';
  const save = async (): Promise<void> => {
    if (empty || saving) return;
    setSaving(true);
    setSaved(await onSave(text.trim()));
    setSaving(false);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void save();
    } else if (event.key === 'Escape') {
      event.preventDefault(); // a dialog around it stays open
      onLeave();
    }
  };
  return (
    <div className={css.write}>
      <textarea
        ref={field}
        disabled={disabled}
        aria-label={label}
        aria-describedby={hint}
        placeholder={label}
        rows={2}
        maxLength={20_000}
        value={text}
        onChange={({ target }) => {
          setSaved(false);
          onText(target.value);
        }}
        onKeyDown={onKeyDown}
      />
      <div className={css.below}>
        <span id={hint} className={css.quiet}>
          <output>{saved && !isDraft && 'Saved. '}</output>
          {isDraft && <strong>Draft, not saved. </strong>}Ctrl+Enter saves, Esc leaves
        </span>
        {changes && (
          <button type="button" onClick={onLeave}>
            Cancel
          </button>
        )}
        <button type="button" data-kind="main" disabled={disabled || empty || saving} onClick={() => void save()}>
          Save
        </button>
      </div>
    </div>
  );
}
