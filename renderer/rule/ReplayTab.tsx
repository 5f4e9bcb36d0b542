import { useCallback, useState } from 'react';
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { Client } from '../../shared/rpc';
import type { ReadingAgain, Rule, RuleVariant } from '../../shared/rules';
import { NO_SCHEDULE_WORDS, scheduleOf } from '../../shared/schedule';
import { parseDuration } from '../../shared/time';
import { Value } from '../Value';
import { countOf, formatCount } from '../format-number';
import { formatTime } from '../format-time';
import { AlertRuns } from './AlertRuns';
import { AnswerState } from './AnswerState';
import css from './ReplayTab.module.css';
import { useAnswer } from '../use-answer';

interface Props {
  client: Client;
  rule: Rule;
  kql: string;
  variant: RuleVariant;
  /** Shows the stages of a scheduled run. */
  onRun: (at: number) => void;
}

/** Every run that Sentinel would have made over the log by the rule's schedule: which raise an alert, and for whom. */
export function ReplayTab({ client, rule, kql, variant, onRun }: Props) {
  const [delay, setDelay] = useState('0s');
  const delayMs = parseDuration(delay);
  const { frequencyMs, periodMs, trigger } = rule;
  const ask = useCallback(
    (signal: AbortSignal, onProgress: (reading: ReadingAgain) => void) =>
      client.call(
        'rule.replay',
        { kql, variant, ...scheduleOf({ frequencyMs, periodMs, trigger }), delayMs: delayMs ?? 0 },
        { signal, onProgress },
      ),
    [client, kql, variant, frequencyMs, periodMs, trigger, delayMs],
  );
  const answer = useAnswer(delayMs === undefined ? undefined : ask);
  const replay = answer.value;
  const alerts = replay?.runs.filter((run) => run.alert).length ?? 0;
  return (
    <div className={css.replay}>
      <label className={css.delay}>
        Records reach Sentinel late by{' '}
        <input
          value={delay}
          size={6}
          aria-invalid={delayMs === undefined}
          onChange={(event) => setDelay(event.target.value)}
        />
        {delayMs === undefined && <span role="alert">Write a length such as 5m or 1h30m.</span>}
      </label>
      {frequencyMs === null && <p>{NO_SCHEDULE_WORDS}</p>}
      <AnswerState answer={answer} waiting="Replaying the schedule…" />
      {replay && (
        <>
          <p>
            <strong>
              {formatCount(alerts)} of {countOf(replay.runs.length, 'scheduled run')} would have raised an alert
            </strong>
            {alerts > 0 && `, for ${countOf(replay.users.length, 'user')}`}.
          </p>
          {replay.runs.every(({ rows }) => rows === 0) ? (
            <p>No run returned a row.</p>
          ) : (
            <>
              <div className={css.chart} aria-hidden="true">
                <ResponsiveContainer width="100%" height="100%">
                  <BarChart
                    data={replay.runs}
                    margin={{ left: 0, right: 10, top: 6, bottom: 0 }}
                    accessibilityLayer={false}
                  >
                    <CartesianGrid vertical={false} stroke="var(--line)" />
                    <XAxis
                      dataKey="at"
                      tickFormatter={(at: number) => formatTime(at)}
                      stroke="var(--muted)"
                      minTickGap={40}
                    />
                    <YAxis width={44} allowDecimals={false} stroke="var(--muted)" />
                    <Bar
                      dataKey="rows"
                      fill="var(--overlap)"
                      isAnimationActive={false}
                      minPointSize={(rows) => (rows ? 2 : 0)}
                    />
                  </BarChart>
                </ResponsiveContainer>
              </div>
              <p className={css.quiet}>
                Rows returned by each scheduled run, by its time.{' '}
                {alerts > 0 && ' The runs that raise an alert are listed below.'}
              </p>
            </>
          )}
          {replay.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
          {alerts > 0 && <AlertRuns runs={replay.runs} onRun={onRun} />}
          {replay.users.length > 0 && (
            <table className={css.table}>
              <caption>Who the alerts are about</caption>
              <thead>
                <tr>
                  <th scope="col">User</th>
                  <th scope="col">Alerts</th>
                  <th scope="col">First</th>
                  <th scope="col">Last</th>
                </tr>
              </thead>
              <tbody>
                {replay.users.slice(0, 500).map((each) => (
                  <tr key={each.user}>
                    <th scope="row">
                      <Value text={each.user} />
                    </th>
                    <td>{each.runs === 1 ? 'once' : `${formatCount(each.runs)} times the same`}</td>
                    <td>{formatTime(each.firstAlert)}</td>
                    <td>{formatTime(each.lastAlert)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </>
      )}
    </div>
  );
}
