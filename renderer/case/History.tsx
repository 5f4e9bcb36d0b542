import { useCallback, useState } from 'react';
import { activityInWords } from '../../shared/activity-words';
import { isoTime } from '../../shared/time';
import { ProblemWords } from '../ProblemWords';
import { Value } from '../Value';
import { formatCount } from '../format-number';
import { formatTime, wholeSecond } from '../format-time';
import { useStore } from '../store';
import { useAnswer } from '../use-answer';
import type { CaseStore } from './case-store';
import css from './CasePanel.module.css';

const PAGE = 100;

/** Who changed what about a finding, and when: all of it, the latest first. Nothing is ever taken out. */
export function History({ store, finding }: { store: CaseStore; finding: string }) {
  const { decisions } = useStore(store);
  const state = decisions.get(finding);
  const [wanted, setWanted] = useState(PAGE);
  const ask = useCallback(
    () => store.activity(finding, 0, wanted),
    // oxlint-disable-next-line react/exhaustive-deps -- another state of the finding means that the log has grown
    [store, finding, wanted, state],
  );
  const { value, problem } = useAnswer(ask);
  if (problem) {
    return (
      <p role="alert" className={css.none}>
        <ProblemWords problem={problem} />
      </p>
    );
  }
  if (!value) return <p className={css.none}>Reading the history…</p>;
  if (value.total === 0) return <p className={css.none}>Nobody has decided anything yet.</p>;
  return (
    <ol className={css.list} aria-label="History">
      {value.rows.map((row) => (
        <li key={row.id}>
          <div className={css.head}>
            <span>
              <strong>
                <Value text={row.author} />
              </strong>{' '}
              <time dateTime={isoTime(row.ts)}>{formatTime(wholeSecond(row.ts))}</time>
            </span>
          </div>
          <p className={css.text}>
            <Value text={activityInWords(row)} />
          </p>
        </li>
      ))}
      {value.rows.length < value.total && (
        <li>
          <button type="button" onClick={() => setWanted(wanted + PAGE)}>
            Show more ({formatCount(value.total - value.rows.length)} left)
          </button>
        </li>
      )}
    </ol>
  );
}
