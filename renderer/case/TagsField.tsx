import { useId, useRef, useState } from 'react';
import { X } from 'lucide-react';
import { visibleText } from '../../shared/visible-text';
import { Value } from '../Value';
import { Suggestions } from './Suggestions';
import type { CaseStore } from './case-store';
import { tagsInUse } from './in-use';
import { useFieldKey } from './use-field-key';
import css from './CasePanel.module.css';

interface Props {
  store: CaseStore;
  finding: string;
  tags: readonly string[];
  disabled: boolean;
}

/** The tags of a finding: a button takes each away, the field adds one with Enter. */
export function TagsField({ store, finding, tags, disabled }: Props) {
  const list = useId();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [suggested, setSuggested] = useState<string[]>([]);
  const add = async (): Promise<void> => {
    const tag = typed.trim();
    setTyped('');
    if (tag === '' || tags.includes(tag)) return;
    if (!(await store.decide([finding], { addTags: [tag] }))) setTyped(typed);
  };
  const remove = (tag: string): void => {
    field.current?.focus(); // the button goes away, and the focus with it
    void store.decide([finding], { removeTags: [tag] });
  };
  const leave = useFieldKey('Add a tag', 't', field);
  return (
    <div className={css.field}>
      <label>
        <span>Tags</span>
        <input
          ref={field}
          value={typed}
          disabled={disabled}
          placeholder="add a tag (t)"
          maxLength={100}
          list={list}
          spellCheck={false}
          aria-keyshortcuts="t"
          onFocus={() => setSuggested(tagsInUse(store.state.decisions))}
          onChange={({ target }) => setTyped(target.value)}
          onKeyDown={({ key }) => {
            if (key === 'Enter') void add();
            if (key !== 'Escape') return;
            if (typed === '') leave();
            else setTyped('');
          }}
        />
      </label>
      <Suggestions id={list} entries={suggested.filter((tag) => !tags.includes(tag))} />
      {tags.length > 0 && (
        <ul className={css.tags} aria-label="Tags">
          {tags.map((tag) => (
            <li key={tag}>
              <Value text={tag} />
              <button
                type="button"
                disabled={disabled}
                aria-label={`Remove the tag ${visibleText(tag)}`}
                onClick={() => remove(tag)}
              >
                <X size={13} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
