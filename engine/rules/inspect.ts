import type { RowSample, RuleStage } from '../../shared/rules';
import type { Connection, Database, Values } from '../db';
import { compile } from '../kql/compile';
import { ticksOf } from '../kql/literals';
import type { Rel } from '../kql/plan';
import { inputsOf } from '../kql/plan';
import { schemaOf, valuesOf, withinTime } from '../kql/run';
import { columnName } from '../kql/to-sql/expression';
import type { TableSource } from '../kql/to-sql/relation';
import { printResult } from '../kql/to-sql/relation';
import { printPlan, withClause } from '../kql/to-sql/statement';
import type { Printed } from '../kql/to-sql/statement';
import { isWorthKeeping, tracedStages } from '../kql/trace';
import { decidingOf, droppedBy } from './dropped';
import { written } from './run-rule';

const SAMPLE = 5;
/** Columns of a stage that can name a user. */
const USER_COLUMNS = ['DstUserName', 'AccountCustomEntity', 'Username'];

export interface InspectOptions {
  readonly tables: Readonly<Record<string, TableSource>>;
  readonly at: number;
  readonly ms: number;
  readonly signal?: AbortSignal | undefined;
  /** Samples show this user's rows only, and each stage says how many there were before and after it. */
  readonly user?: string | undefined;
}

interface Lab {
  connection: Connection;
  printed: Printed;
  values: Values;
  /** The CTEs that are no tables yet. */
  open: Printed['ctes'][number][];
  user: string | undefined;
  /** Evaluation time in ticks. */
  now: bigint;
}

/**
 * Runs a query stage by stage: what each keeps and drops, with rows to look at and the time it took. Slower than a run
 * that only counts: what costs much is made as a table of its own.
 */
export async function inspect(database: Database, kql: string, options: InspectOptions): Promise<RuleStage[]> {
  const { tables, at, ms, signal, user } = options;
  const plan = compile(kql, { now: ticksOf(at), schema: schemaOf({ tables }), fuse: false, openNow: true });
  const printed = printPlan(plan, tables);
  return withinTime(database, ms, signal, async (connection) => {
    const values: Values = {
      ...valuesOf(printed, tables, at),
      ...(user === undefined ? {} : { inspected_user: user }),
    };
    const lab: Lab = { connection, printed, values, open: [], user, now: ticksOf(at) };
    const counts = new Map<Rel, number>();
    const looks = new Map<string, NonNullable<RuleStage['sample']>>();
    let spent = 0;
    for (const cte of printed.ctes) {
      const began = performance.now();
      if (isWorthKeeping(cte.rel)) {
        await connection.run(`create or replace temp table ${cte.name} as ${withClause(lab.open)}${cte.sql}`, values);
      } else lab.open.push(cte);
      counts.set(cte.rel, await count(lab, `from ${cte.name}`));
      spent += performance.now() - began;
      if (!cte.rel.stage) continue;
      looks.set(keyOf(cte.rel.stage), { ms: spent, ...(await look(lab, cte)) });
      spent = 0;
    }
    return tracedStages(plan, counts).map((stage, id) => {
      const sample = looks.get(keyOf(stage));
      return { ...written(stage, id), ...(sample ? { sample } : {}) };
    });
  });
}

const keyOf = ({ binding, span }: { binding: string; span: { start: number } }): string => `${binding} ${span.start}`;

async function count({ connection, values, open }: Lab, from: string): Promise<number> {
  const [rows] = await connection.row(`${withClause(open)}select count(*) ${from}`, values);
  return Number(rows);
}

async function look(
  lab: Lab,
  { rel, name }: Printed['ctes'][number],
): Promise<Omit<NonNullable<RuleStage['sample']>, 'ms'>> {
  const source = rel.op === 'join' ? rel.left : inputsOf(rel)[0];
  const dropped = source ? droppedBy(rel, lab.printed) : undefined;
  const [inside, outside] = [source ? ofUser(lab, source) : undefined, ofUser(lab, rel)];
  const followed = lab.user !== undefined && outside !== undefined && source && inside !== undefined;
  return {
    kept: await sample(lab, rel, `(select * from ${name}${where(outside)})`),
    dropped:
      source && dropped
        ? await sample(lab, source, `(select * from (${dropped})${where(inside)})`)
        : { columns: [], rows: [] },
    deciding: decidingOf(rel, lab.now),
    userRows: followed
      ? {
          in: await count(lab, `from ${lab.printed.cteOf(source)}${where(inside)}`),
          out: await count(lab, `from ${name}${where(outside)}`),
        }
      : null,
  };
}

const where = (condition: string | undefined): string => (condition === undefined ? '' : ` where ${condition}`);

function ofUser({ user }: Lab, rel: Rel): string | undefined {
  const column = USER_COLUMNS.map((name) => rel.columns.find((each) => each.name === name)).find((each) => each);
  if (user === undefined || !column) return undefined;
  return `lower(trim(${columnName(column.id)})) = lower(trim($inspected_user::varchar))`;
}

async function sample({ connection, values, open }: Lab, rel: Rel, from: string): Promise<RowSample> {
  const rows = await connection.rows(`${withClause(open)}${printResult(rel, from, SAMPLE)}`, values);
  return {
    columns: rel.columns.map(({ name }) => name),
    rows: rows.map((row) => row.map((cell) => (cell === null ? null : String(cell)))),
  };
}
