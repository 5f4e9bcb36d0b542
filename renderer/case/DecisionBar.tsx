import { NotebookPen, UserPen } from 'lucide-react';
import { useState } from 'react';
import { STATUSES, VERDICTS } from '../../shared/decisions';
import type { Change, Status, Verdict } from '../../shared/decisions';
import type { Finding } from '../../shared/domain';
import { visibleText } from '../../shared/visible-text';
import { Value } from '../Value';
import { useCommand } from '../commands/command-store';
import { useStore } from '../store';
import { AuthorDialog } from './AuthorDialog';
import { CaseProblem } from './CaseProblem';
import { DecisionKeys } from './DecisionKeys';
import { UndoButton } from './UndoButton';
import { useCasePanel } from './WithCasePanel';
import type { CaseStore } from './case-store';
import { STATUS_KEYS, VERDICT_KEYS } from './decision-keys';
import css from './DecisionBar.module.css';

/** What has been decided about the flagged user that is looked at. Without a case there is nothing to decide. */
export function DecisionBar({ decisions: store, finding }: { decisions: CaseStore; finding: Finding }) {
  const { info, decisions, drafts } = useStore(store);
  const [shown, show] = useCasePanel();
  const [naming, setNaming] = useState(false);
  useCommand('Who decides: change the name', () => setNaming(true), { available: info !== undefined });
  useCommand('Show or hide notes and history', () => show(!shown), { available: info !== undefined });
  if (!info) return <CaseProblem store={store} />;
  const state = decisions.get(finding.id);
  const decide = (change: Change): void => void store.decide([finding.id], change);
  const decideByKey = (change: Change): void => void store.decide([finding.id], change, { tell: finding.DstUserName });
  return (
    <section className={css.bar} aria-label="Decision">
      <DecisionKeys store={store} onChange={decideByKey} />
      <span className={css.who} title={visibleText(finding.DstUserName)}>
        <Value text={finding.DstUserName} />
      </span>
      <label>
        Verdict{' '}
        <select
          disabled={info.readOnly !== null}
          value={state?.verdict ?? ''}
          onChange={({ target }) =>
            decide({ verdict: VERDICTS.find((each: Verdict) => each === target.value) ?? null })
          }
        >
          <option value="" disabled={state?.status === 'closed'}>
            none yet
          </option>
          {VERDICTS.map((verdict) => (
            <option key={verdict} value={verdict}>
              {verdict} ({VERDICT_KEYS[verdict]})
            </option>
          ))}
        </select>
      </label>
      <label>
        Status{' '}
        <select
          disabled={info.readOnly !== null}
          value={state?.status ?? 'new'}
          onChange={({ target }) => {
            const status = STATUSES.find((each: Status) => each === target.value);
            if (status) decide({ status });
          }}
        >
          {STATUSES.map((status) => (
            <option key={status} value={status} disabled={status === 'closed' && (state?.verdict ?? null) === null}>
              {status} ({STATUS_KEYS[status]})
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className={css.author}
        aria-label={`Who decides: ${store.author}`}
        onClick={() => setNaming(true)}
      >
        <UserPen size={16} />{' '}
        <span>
          <Value text={store.author} />
        </span>
      </button>
      <button
        type="button"
        className={css.notes}
        aria-expanded={shown}
        aria-controls="case-panel"
        onClick={() => show(!shown)}
      >
        <NotebookPen size={16} /> Notes ({state?.notes.length ?? 0}
        {drafts.has(finding.id) && ', draft'})
      </button>
      {/* last: its words change with every decision */}
      <UndoButton store={store} />
      <CaseProblem store={store} />
      {naming && <AuthorDialog author={store.author} standard={info.author} onClose={() => setNaming(false)} />}
    </section>
  );
}
