import { throwIfCancelled } from '../../shared/errors';
import type { Replay, ReplayParams } from '../../shared/rules';
import type { Database, Values } from '../db';
import { compile } from '../kql/compile';
import { KqlError } from '../kql/error';
import { ticksOf } from '../kql/literals';
import { notesOf } from '../kql/trace';
import { schemaOf, statementOf, valuesOf, withinTime } from '../kql/run';
import type { Waiting } from '../ingest/read-again';
import type { MoreColumns } from './more-columns';
import { forManyTimes, workedOutOnce } from './replay-once';
import { asVariant, emptyOf, notesOfColumns, withMore } from './run-rule';
import { zpaEvent } from './zpa-event';

/** Scheduled runs of one replay; of more, the period of the log is to be cut. */
const MOST_RUNS = 2_000;
const ROWS_A_RUN = 10_000;
const MS = 300_000;
const USER_COLUMNS = ['AccountCustomEntity', 'DstUserName'];

interface ReplayOptions extends ReplayParams, Waiting {
  /** Times of the first and last event of the log. */
  first: number;
  last: number;
  /** What reads columns of the log that are not kept. */
  more?: MoreColumns | undefined;
}

/**
 * Every run that Sentinel would have made over the log: each `frequencyMs`, on the clock, over the `periodMs` before, with
 * what had arrived `delayMs` late. The query is planned once, what it makes of each record is worked out once, and
 * the rest is run at every tick. Throws `query-limit` beyond 2,000 runs.
 */
export function replay(database: Database, options: ReplayOptions): Promise<Replay> {
  return asVariant(options, (kql) => replayed(database, kql, options));
}

async function replayed(database: Database, kql: string, options: ReplayOptions): Promise<Replay> {
  const { frequencyMs, periodMs, delayMs, trigger, signal, more } = options;
  const ticks = ticksOfSchedule(options);
  const schema = schemaOf({ tables: { ZPAEvent: zpaEvent(0, 0) } });
  const plan = forManyTimes(compile(kql, { now: ticksOf(options.last), schema, openNow: true }));
  const userColumn = USER_COLUMNS.map((name) => plan.columns.findIndex((column) => column.name === name)).find(
    (index) => index >= 0,
  );
  const runs: Replay['runs'] = [];
  let cut = false;
  let lacking: readonly string[] = [];
  await withMore(database, plan, options, async (found) => {
    ({ lacking } = found);
    const tables = { ZPAEvent: zpaEvent(0, 0, found.tables) };
    const statement = statementOf(plan, tables, ROWS_A_RUN, false);
    await withinTime(found.database, MS, signal, async (connection) => {
      // a record of time t is there from t + delay on, and TimeGenerated says t
      const valuesAt = (at: number): Values => {
        return { ...valuesOf(statement.printed, tables, at), zpa_from: at - periodMs, zpa_to: at - delayMs };
      };
      const clause = await workedOutOnce(connection, statement.printed, valuesAt(options.last));
      await connection.planned(`${clause}${statement.bare}`, async (run) => {
        for (const at of ticks) {
          throwIfCancelled(signal);
          const result = statement.read(await run(valuesAt(at)));
          cut ||= result.truncated;
          const rows = result.rows.length;
          const users = userColumn === undefined ? [] : [...new Set(result.rows.map((row) => row[userColumn] ?? ''))];
          runs.push({ at, rows, alert: triggers(rows, trigger), users: users.toSorted() });
        }
      });
    });
  });
  const notes = [`${runs.length} runs, every ${frequencyMs / 60_000} min on the clock.`];
  if (userColumn === undefined) notes.push('The result has no column that names a user.');
  if (cut) notes.push(`Of a run with more than ${ROWS_A_RUN} rows only so many are looked at.`);
  notes.push(...notesOf(plan), ...notesOfColumns(emptyOf(plan, more, { lacking }), { lacking }));
  return { runs, users: usersOf(runs), notes };
}

/** On the clock, from the first that can see an event to the first that has seen the last. */
function ticksOfSchedule({ first, last, frequencyMs, periodMs, delayMs }: ReplayOptions): number[] {
  const start = Math.ceil((first + delayMs) / frequencyMs);
  const end = Math.ceil((last + delayMs) / frequencyMs) + Math.floor(periodMs / frequencyMs);
  if (end - start + 1 > MOST_RUNS) {
    throw new KqlError(
      'query-limit',
      `That is ${end - start + 1} runs; ${MOST_RUNS} are the most. Open less of the log.`,
    );
  }
  return Array.from({ length: end - start + 1 }, (_, index) => (start + index) * frequencyMs);
}

function triggers(rows: number, { operator, threshold }: ReplayParams['trigger']): boolean {
  switch (operator) {
    case 'gt':
      return rows > threshold;
    case 'lt':
      return rows < threshold;
    case 'eq':
      return rows === threshold;
    case 'ne':
      return rows !== threshold;
  }
}

function usersOf(runs: Replay['runs']): Replay['users'] {
  const users = new Map<string, Replay['users'][number]>();
  for (const { at, alert, users: found } of runs) {
    if (!alert) continue;
    for (const user of found) {
      const known = users.get(user) ?? { user, runs: 0, firstAlert: at, lastAlert: at };
      users.set(user, { ...known, runs: known.runs + 1, lastAlert: at });
    }
  }
  return [...users.values()].toSorted((a, b) => b.runs - a.runs || (a.user < b.user ? -1 : 1));
}
