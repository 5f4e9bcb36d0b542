import { useState } from 'react';
import { STATUSES, VERDICTS } from '../../shared/decisions';
import type { Change } from '../../shared/decisions';
import css from './BulkDialog.module.css';

interface Props {
  change: Change;
  onChange: (change: Change) => void;
  disabled: boolean;
  focusFirst: boolean;
}

const LEFT = 'as it is';
const NONE = 'none';

/** What a bulk change sets; a field that is left as it is changes nothing. */
export function BulkFields({ change, onChange, disabled, focusFirst }: Props) {
  const [assignee, setAssignee] = useState(change.assignee ?? '');
  const [add, setAdd] = useState((change.addTags ?? []).join(', '));
  const [remove, setRemove] = useState((change.removeTags ?? []).join(', '));
  /** Puts one member in place of what it was; undefined takes it out. */
  const set = <K extends keyof Change>(key: K, value: Change[K] | undefined): void => {
    const { [key]: _before, ...others } = change;
    onChange(value === undefined ? others : { ...others, [key]: value });
  };
  return (
    <fieldset className={css.fields} disabled={disabled}>
      <label>
        <span>Verdict</span>
        <select
          data-focus-first={focusFirst || undefined}
          value={change.verdict === undefined ? LEFT : (change.verdict ?? NONE)}
          onChange={({ target }) => {
            const verdict = VERDICTS.find((each) => each === target.value);
            set('verdict', verdict ?? (target.value === NONE ? null : undefined));
          }}
        >
          {[LEFT, ...VERDICTS, NONE].map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      </label>
      <label>
        <span>Status</span>
        <select
          value={change.status ?? LEFT}
          onChange={({ target }) =>
            set(
              'status',
              STATUSES.find((each) => each === target.value),
            )
          }
        >
          {[LEFT, ...STATUSES].map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      </label>
      <label>
        <span>Assignee</span>
        <input
          value={assignee}
          maxLength={200}
          placeholder={change.assignee === null ? 'nobody' : LEFT}
          onChange={({ target }) => {
            setAssignee(target.value);
            set('assignee', target.value.trim() || undefined);
          }}
        />
      </label>
      <label>
        <span>Add tags</span>
        <input
          value={add}
          placeholder="separated by commas"
          onChange={({ target }) => {
            setAdd(target.value);
            set('addTags', tagsOf(target.value));
          }}
        />
      </label>
      <label>
        <span>Remove tags</span>
        <input
          value={remove}
          placeholder="separated by commas"
          onChange={({ target }) => {
            setRemove(target.value);
            set('removeTags', tagsOf(target.value));
          }}
        />
      </label>
      <span />
      <button
        type="button"
        aria-pressed={change.assignee === null}
        onClick={() => {
          setAssignee('');
          set('assignee', change.assignee === null ? undefined : null);
        }}
      >
        Take the assignee away
      </button>
    </fieldset>
  );
}

/** The contract takes 50 tags of 100 characters. */
function tagsOf(text: string): string[] | undefined {
  const tags = [...new Set(text.split(',').map((tag) => tag.trim().slice(0, 100)))].filter((tag) => tag !== '');
  return tags.length === 0 ? undefined : tags.slice(0, 50);
}
