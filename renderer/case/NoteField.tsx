import { useId, useState } from 'react';
import type { KeyboardEvent, Ref } from 'react';
import css from './CasePanel.module.css';

interface Props {
  label: string;
  text: string;
  onText: (text: string) => void;
  /** Gives whether it is saved. */
  onSave: (text: string) => Promise<boolean>;
  /** Absent: there is nothing to go back to. */
  onCancel?: () => void;
  /** What is typed is kept, and not saved yet. */
  isDraft?: boolean;
  ref?: Ref<HTMLTextAreaElement>;
}

/** A text to write: Ctrl+Enter saves it. */
export function NoteField({ label, text, onText, onSave, onCancel, isDraft = false, ref }: Props) {
  const [saving, setSaving] = useState(false);
  const hint = useId();
  const empty = text.trim() === '';
  const save = async (): Promise<void> => {
    if (empty || saving) return;
    setSaving(true);
    await onSave(text.trim());
    setSaving(false);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void save();
    } else if (event.key === 'Escape') onCancel?.();
  };
  return (
    <div className={css.write}>
      <textarea
        ref={ref}
        aria-label={label}
        aria-describedby={hint}
        placeholder={label}
        rows={2}
        maxLength={20_000}
        value={text}
        onChange={({ target }) => onText(target.value)}
        onKeyDown={onKeyDown}
      />
      <div className={css.below}>
        <span id={hint} className={css.quiet}>
          {isDraft && <strong>Draft, not saved. </strong>}Ctrl+Enter saves
        </span>
        {onCancel && (
          <button type="button" onClick={onCancel}>
            Cancel
          </button>
        )}
        <button type="button" data-kind="main" disabled={empty || saving} onClick={() => void save()}>
          Save
        </button>
      </div>
    </div>
  );
}
