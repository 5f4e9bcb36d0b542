import { useId, useState } from 'react';
import { UserCheck } from 'lucide-react';
import { useCommand } from '../commands/command-store';
import { ELSEWHERE } from './DecisionKeys';
import { Suggestions } from './Suggestions';
import type { CaseStore } from './case-store';
import { assigneesInUse } from './in-use';
import css from './CasePanel.module.css';

interface Props {
  store: CaseStore;
  finding: string;
  assignee: string | null;
  /** Who decides here. */
  me: string;
  disabled: boolean;
}

/** Who looks into a finding: any name. It is saved with Enter or when the field is left; Esc leaves it as it was. */
export function AssigneeField({ store, finding, assignee, me, disabled }: Props) {
  const list = useId();
  const [typed, setTyped] = useState<string>();
  const [suggested, setSuggested] = useState<string[]>([]);
  const assign = async (next: string, tell?: string): Promise<void> => {
    const name = next.trim();
    setTyped(undefined);
    if (name === (assignee ?? '')) return;
    if (!(await store.decide([finding], { assignee: name === '' ? null : name }, tell === undefined ? {} : { tell })))
      setTyped(next);
  };
  useCommand('Assign to me', () => void assign(me, 'By key'), {
    key: 'g',
    available: !disabled,
    elsewhere: () => store.tell(ELSEWHERE),
  });
  return (
    <div className={css.field}>
      <label>
        <span>Assignee</span>
        <input
          value={typed ?? assignee ?? ''}
          placeholder="nobody"
          disabled={disabled}
          maxLength={200}
          list={list}
          spellCheck={false}
          onFocus={() => setSuggested(assigneesInUse(store.state.decisions, me))}
          onChange={({ target }) => setTyped(target.value)}
          onKeyDown={({ key }) => {
            if (key === 'Enter' && typed !== undefined) void assign(typed);
            if (key === 'Escape') setTyped(undefined);
          }}
          onBlur={() => typed !== undefined && void assign(typed)}
        />
      </label>
      <Suggestions id={list} entries={suggested} />
      {assignee !== me && !disabled && (
        <button type="button" aria-keyshortcuts="g" title="Key: g" onClick={() => void assign(me)}>
          <UserCheck size={14} /> Me
        </button>
      )}
    </div>
  );
}
