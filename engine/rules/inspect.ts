import type { RowSample, RuleStage } from '../../shared/rules';
import type { Connection, Database, Values } from '../db';
import { compile } from '../kql/compile';
import { ticksOf } from '../kql/literals';
import type { Column, Rel } from '../kql/plan';
import { inputsOf } from '../kql/plan';
import { schemaOf, valuesOf, withinTime } from '../kql/run';
import { columnName } from '../kql/to-sql/expression';
import type { TableSource } from '../kql/to-sql/relation';
import { printResult } from '../kql/to-sql/relation';
import { printPlan, withClause } from '../kql/to-sql/statement';
import type { Printed } from '../kql/to-sql/statement';
import { counted, isWorthKeeping, tracedStages } from '../kql/trace';
import { decidingOf, droppedBy } from './dropped';
import { written } from './run-rule';

const SAMPLE = 5;
/** Columns of a stage that can name a user. */
const USER_COLUMNS = ['DstUserName', 'AccountCustomEntity', 'Username'];

interface InspectOptions {
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
  /** Whether the rows of the tables come out of DuckDB in their order. */
  inOrder: boolean;
  /** Rows of the nodes so far, and those of the user. */
  counts: Map<Rel, Counts>;
  /** How a column of a table spells the user, as SQL to compare with: cheaper than to trim and lower every row again. */
  spelled: Map<string, readonly string[]>;
}
interface Counts {
  all: number;
  /** Undefined where no user is followed, or no column names one. */
  ofUser: number | undefined;
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
    const counts = new Map<Rel, Counts>();
    const inOrder = Object.values(tables).every(({ isJoined }) => isJoined !== true);
    const lab: Lab = {
      connection,
      printed,
      values,
      open: [],
      user,
      now: ticksOf(at),
      inOrder,
      counts,
      spelled: new Map(),
    };
    const looks = new Map<string, NonNullable<RuleStage['sample']>>();
    let spent = 0;
    for (const cte of printed.ctes) {
      const began = performance.now();
      if (isWorthKeeping(cte.rel)) {
        await connection.run(`create or replace temp table ${cte.name} as ${withClause(lab.open)}${cte.sql}`, values);
      } else lab.open.push(cte);
      await spell(lab, cte);
      counts.set(cte.rel, await countRows(lab, cte));
      spent += performance.now() - began;
      if (!cte.rel.stage) continue;
      looks.set(keyOf(cte.rel.stage), { ms: spent, ...(await look(lab, cte)) });
      spent = 0;
    }
    const rows = new Map([...counts].map(([rel, { all }]) => [rel, all]));
    return tracedStages(plan, rows).map((stage, id) => {
      const sample = looks.get(keyOf(stage));
      return { ...written(stage, id), ...(sample ? { sample } : {}) };
    });
  });
}

const keyOf = ({ binding, span }: { binding: string; span: { start: number } }): string => `${binding} ${span.start}`;

/** In one pass, or in none where a node has the rows of the one below it. */
async function countRows(lab: Lab, { rel, name }: Printed['ctes'][number]): Promise<Counts> {
  const user = userColumn(lab, rel);
  const below = 'input' in rel && counted(rel) !== rel ? rel.input : undefined;
  const known = below && lab.counts.get(below);
  if (below && known && userColumn(lab, below)?.id === user?.id) return known;
  const ofUser = user ? `count(*) filter (where ${isUser(lab, rel, user)})` : 'null';
  const [all, own] = await lab.connection.row(
    `${withClause(lab.open)}select count(*), ${ofUser} from ${name}`,
    lab.values,
  );
  return { all: Number(all), ofUser: user ? Number(own) : undefined };
}

async function look(
  lab: Lab,
  { rel, name }: Printed['ctes'][number],
): Promise<Omit<NonNullable<RuleStage['sample']>, 'ms'>> {
  const source = rel.op === 'join' ? rel.left : inputsOf(rel)[0];
  const dropped = source ? droppedBy(rel, lab.printed) : undefined;
  const [inside, outside] = [source ? ofUser(lab, source) : undefined, ofUser(lab, rel)];
  const [before, after] = [source && lab.counts.get(source)?.ofUser, lab.counts.get(rel)?.ofUser];
  return {
    kept: await sample(lab, rel, `(select * from ${name}${where(outside)})`),
    dropped:
      source && dropped
        ? await sample(lab, source, `(select * from (${dropped})${where(inside)})`)
        : { columns: [], rows: [] },
    deciding: decidingOf(rel, lab.now),
    userRows: before === undefined || after === undefined ? null : { in: before, out: after },
  };
}

const where = (condition: string | undefined): string => (condition === undefined ? '' : ` where ${condition}`);

function userColumn({ user }: Lab, rel: Rel): Column | undefined {
  if (user === undefined) return undefined;
  return USER_COLUMNS.map((name) => rel.columns.find((each) => each.name === name)).find((each) => each);
}

const sameUser = ({ id }: Column): string => `lower(trim(${columnName(id)})) = lower(trim($inspected_user::varchar))`;

function isUser(lab: Lab, rel: Rel, column: Column): string {
  const table = isInTableOrder(rel) ? tableBelow(rel) : undefined;
  const own = table?.columns.some(({ id }) => id === column.id) === true;
  const spelled = own ? lab.spelled.get(spelledKey(table, column)) : undefined;
  if (!spelled) return sameUser(column);
  return spelled.length === 0 ? 'false' : `${columnName(column.id)} in (${spelled.join(', ')})`;
}

const MOST_SPELLINGS = 50;
const spelledKey = (table: Rel, { name }: Column): string => `${table.op === 'table' ? table.table : ''} ${name}`;

function tableBelow(rel: Rel): Rel {
  return 'input' in rel ? tableBelow(rel.input) : rel;
}

async function spell(lab: Lab, { rel, name }: Printed['ctes'][number]): Promise<void> {
  const column = userColumn(lab, rel);
  if (rel.op !== 'table' || !column || lab.spelled.has(spelledKey(rel, column))) return;
  const found = await lab.connection.rows(
    `${withClause(lab.open)}select distinct ${columnName(column.id)} from ${name} where ${sameUser(column)} limit ${MOST_SPELLINGS + 1}`,
    lab.values,
  );
  if (found.length > MOST_SPELLINGS) return;
  const names = found.map(([text]) => {
    const bound = `spelled_${Object.keys(lab.values).length}`;
    lab.values[bound] = String(text);
    return `$${bound}::varchar`;
  });
  lab.spelled.set(spelledKey(rel, column), names);
}

function ofUser(lab: Lab, rel: Rel): string | undefined {
  const column = userColumn(lab, rel);
  return column && isUser(lab, rel, column);
}

/** Rows come out of DuckDB in the order of the table, as long as nothing between changes it: the first few need no sort then. */
function isInTableOrder(rel: Rel): boolean {
  if (rel.op === 'table') return true;
  return (rel.op === 'filter' || rel.op === 'compute') && !isWorthKeeping(rel) && isInTableOrder(rel.input);
}

async function sample({ connection, values, open, inOrder }: Lab, rel: Rel, from: string): Promise<RowSample> {
  const sql = printResult(rel, from, SAMPLE, !inOrder || !isInTableOrder(rel));
  const rows = await connection.rows(`${withClause(open)}${sql}`, values);
  return {
    columns: rel.columns.map(({ name }) => name),
    rows: rows.map((row) => row.map((cell) => (cell === null ? null : String(cell)))),
  };
}
