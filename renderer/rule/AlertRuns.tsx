import { alertRuns } from '../../shared/alert-runs';
import type { Replay } from '../../shared/rules';
import { Value } from '../Value';
import { countOf, formatCount } from '../format-number';
import { formatTime } from '../format-time';
import css from './ReplayTab.module.css';

const LISTED = 200;
const USERS_NAMED = 5;

/** The scheduled runs that would have raised an alert: what the chart shows, to be read and searched. */
export function AlertRuns({ runs, onRun }: { runs: Replay['runs']; onRun: (at: number) => void }) {
  const alerts = alertRuns(runs);
  return (
    <details className={css.runs}>
      <summary>{countOf(alerts.length, 'run')} with an alert</summary>
      <table className={css.table}>
        <caption>Runs with an alert, by time. Each opens its stages.</caption>
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">Rows</th>
            <th scope="col">Users</th>
            <th scope="col">Of them told before</th>
          </tr>
        </thead>
        <tbody>
          {alerts.slice(0, LISTED).map(({ at, rows, users, again }) => (
            <tr key={at}>
              <th scope="row">
                <button type="button" onClick={() => onRun(at)}>
                  {formatTime(at)}
                </button>
              </th>
              <td>{formatCount(rows)}</td>
              <td>
                <Value text={users.slice(0, USERS_NAMED).join(', ')} />
                {users.length > USERS_NAMED && ` and ${formatCount(users.length - USERS_NAMED)} more`}
              </td>
              <td>{again === 0 ? 'none' : again === users.length ? 'all' : formatCount(again)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {alerts.length > LISTED && (
        <p className={css.quiet}>
          The first {formatCount(LISTED)} of {formatCount(alerts.length)}.
        </p>
      )}
    </details>
  );
}
