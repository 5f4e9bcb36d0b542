import type { Params, Result } from '../../shared/contract';
import { FACETS } from '../../shared/facets';
import type { Facet, FacetCounts } from '../../shared/facets';
import type { FindingsFilter } from '../../shared/findings-filter';
import type { Connection, Database } from '../db';
import { tablesOf } from '../detect/tables';
import { sqlStep, sqlSteps } from '../sql';
import { numberOf, textOf } from './cells';
import text from './facets.sql?raw';
import { filteredFindings } from './findings-filter';

const steps = sqlSteps(text);

const STEPS: Record<Facet, string> = {
  status: 'status',
  verdict: 'verdict',
  countries: 'countries',
  ipBlocks: 'ip-blocks',
  devices: 'devices',
  tags: 'tags',
  assignee: 'assignee',
};
const DECIDED: readonly Facet[] = ['status', 'verdict', 'tags', 'assignee'];

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

async function countsOf(
  connection: Connection,
  filter: FindingsFilter,
  facet: Facet,
  top: number,
): Promise<FacetCounts> {
  const { [facet]: chosen = [], ...others } = filter;
  const { from, values, overlaps } = filteredFindings(others, DECIDED.includes(facet));
  const sql = `with shown as (select * ${from}),
    met as (select * ${overlaps}),
    valued as (${sqlStep(steps, STEPS[facet])}\n)\n${sqlStep(steps, 'most')}`;
  const rows = await connection.rows(sql, { ...values, top, chosen });
  const all = rows[0] ? numberOf(rows[0][2]) : 0;
  return {
    values: rows.map((row) => ({ value: textOf(row[0]), findings: numberOf(row[1]) })),
    more: all - rows.length,
  };
}
