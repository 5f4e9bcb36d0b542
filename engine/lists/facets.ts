import type { Params, Result } from '../../shared/contract';
import { FACETS, LENGTH_BOUNDS } from '../../shared/facets';
import type { Facet, FacetCounts, Overview } from '../../shared/facets';
import type { FindingsFilter } from '../../shared/findings-filter';
import type { Connection, Database, Values } from '../db';
import { tablesOf } from '../detect/tables';
import { sqlStep, sqlSteps } from '../sql';
import { numberOf, textOf } from './cells';
import text from './facets.sql?raw';
import { filteredFindings } from './findings-filter';
import { zoneValues } from './zone-hours';

const steps = sqlSteps(text);

/** What values are counted of: a facet, or a part of the overview. */
type Part = Facet | 'ips' | 'hours';

const STEPS: Record<Part, string> = {
  ips: 'ips',
  hours: 'hours',
  status: 'status',
  verdict: 'verdict',
  countries: 'countries',
  ipBlocks: 'ip-blocks',
  devices: 'devices',
  tags: 'tags',
  assignee: 'assignee',
  notes: 'notes',
};
/** How many IPs and countries the overview shows. */
const BARS = 10;
const DECIDED: readonly Part[] = ['status', 'verdict', 'tags', 'assignee', 'notes'];

/** `findings.facets` of the contract. The database must have the table `decision` (engine/decisions). */
export async function findingsFacets(
  database: Database,
  { filter = {}, top }: Params<'findings.facets'>,
  signal?: AbortSignal,
): Promise<Result<'findings.facets'>> {
  return tablesOf(database).read(() =>
    database.use(signal, async (connection) => {
      const counts: Result<'findings.facets'> = {};
      for (const facet of FACETS) {
        const most = top[facet];
        if (most !== undefined) counts[facet] = await countsOf(connection, filter, facet, most);
      }
      return counts;
    }),
  );
}

/** `overview.get` of the contract. */
export async function overviewOf(
  database: Database,
  { filter = {}, timeZone }: Params<'overview.get'>,
  signal?: AbortSignal,
): Promise<Overview> {
  return tablesOf(database).read(() =>
    database.use(signal, async (connection) => ({
      lengths: await lengthsOf(connection, filter),
      ips: await countsOf(connection, filter, 'ips', BARS),
      countries: await countsOf(connection, filter, 'countries', BARS),
      hours: await countsOf(connection, filter, 'hours', 24, zoneValues(timeZone)),
    })),
  );
}

async function countsOf(
  connection: Connection,
  filter: FindingsFilter,
  part: Part,
  top: number,
  more: Values = {},
): Promise<FacetCounts> {
  const { [part]: chosen = [], ...others } = filter;
  const { ctes, values } = candidates(others, DECIDED.includes(part));
  const sql = `${ctes}, valued as (${sqlStep(steps, STEPS[part])}\n)\n${sqlStep(steps, 'most')}`;
  const rows = await connection.rows(sql, { ...values, ...more, top, chosen: chosen.map(String) });
  const all = rows[0] ? numberOf(rows[0][2]) : 0;
  return {
    values: rows.map((row) => ({ value: textOf(row[0]), findings: numberOf(row[1]) })),
    more: all - rows.length,
  };
}

async function lengthsOf(connection: Connection, filter: FindingsFilter): Promise<Overview['lengths']> {
  const { lengthSeconds: _own, ...others } = filter;
  const { ctes, values } = candidates(others, false);
  const bounds = LENGTH_BOUNDS.map((seconds) => String(1000 * seconds));
  const rows = await connection.rows(`${ctes}\n${sqlStep(steps, 'lengths')}`, { ...values, bounds });
  const lengths = LENGTH_BOUNDS.map(() => ({ overlaps: 0, findings: 0 }));
  for (const row of rows) {
    lengths[numberOf(row[0])] = { overlaps: numberOf(row[1]), findings: numberOf(row[2]) };
  }
  return lengths;
}

/** The findings and overlaps that the steps of facets.sql begin with. */
function candidates(filter: FindingsFilter, withDecisions: boolean): { ctes: string; values: Values } {
  const { from, values, overlaps } = filteredFindings(filter, withDecisions);
  return { ctes: `with shown as (select * ${from}), met as (select * ${overlaps})`, values };
}
