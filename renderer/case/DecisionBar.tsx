import { Undo2 } from 'lucide-react';
import { STATUSES, VERDICTS } from '../../shared/decisions';
import type { Change, Status, Verdict } from '../../shared/decisions';
import type { Finding } from '../../shared/domain';
import { Value } from '../Value';
import { useStore } from '../store';
import type { CaseStore } from './case-store';
import css from './DecisionBar.module.css';

/** What has been decided about the flagged user that is looked at. Without a case there is nothing to decide. */
export function DecisionBar({ decisions: store, finding }: { decisions: CaseStore; finding: Finding }) {
  const { info, decisions, problem } = useStore(store);
  if (!info) return problem === undefined ? null : <p role="alert">{problem}</p>;
  const state = decisions.get(finding.id);
  const decide = (change: Change): void => void store.decide([finding.id], change);
  return (
    <section className={css.bar} aria-label="Decision">
      <Value text={finding.DstUserName} />
      <label>
        Verdict{' '}
        <select
          value={state?.verdict ?? ''}
          onChange={({ target }) =>
            decide({ verdict: VERDICTS.find((each: Verdict) => each === target.value) ?? null })
          }
        >
          <option value="" disabled={state?.status === 'closed'}>
            none yet
          </option>
          {VERDICTS.map((verdict) => (
            <option key={verdict}>{verdict}</option>
          ))}
        </select>
      </label>
      <label>
        Status{' '}
        <select
          value={state?.status ?? 'new'}
          onChange={({ target }) => {
            const status = STATUSES.find((each: Status) => each === target.value);
            if (status) decide({ status });
          }}
        >
          {STATUSES.map((status) => (
            <option key={status} disabled={status === 'closed' && (state?.verdict ?? null) === null}>
              {status}
            </option>
          ))}
        </select>
      </label>
      <button type="button" onClick={() => void store.undo()}>
        <Undo2 size={16} /> Undo
      </button>
      <span className={css.case}>
        Case: <Value text={info.name} />
      </span>
      {problem !== undefined && <p role="alert">{problem}</p>}
    </section>
  );
}
