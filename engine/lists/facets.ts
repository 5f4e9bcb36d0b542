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
import { KeptAnswers } from './kept-answers';
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

const counted = new KeptAnswers<FacetCounts>();
const measured = new KeptAnswers<Overview['lengths']>();

/** What is asked, and of which tables. */
interface Asking {
  database: Database;
  connection: Connection;
  generation: number;
  /** The table of the findings that the whole filter lets through, where it was made: parts of no condition of the filter share it. */
  shown?: string | false;
}

/** `findings.facets` of the contract. The database must have the table `decision` (engine/decisions). */
export async function findingsFacets(
  database: Database,
  { filter = {}, top }: Params<'findings.facets'>,
  signal?: AbortSignal,
): Promise<Result<'findings.facets'>> {
  return tablesOf(database).read((generation) =>
    database.use(signal, async (connection) => {
      const counts: Result<'findings.facets'> = {};
      const shown = Object.keys(filter).length > 0 && (await materialise(connection, filter));
      const asking = { database, connection, generation, shown };
      for (const facet of FACETS) {
        const most = top[facet];
        if (most !== undefined) counts[facet] = await countsOf(asking, filter, facet, most);
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
  return tablesOf(database).read((generation) =>
    database.use(signal, async (connection) => {
      const asking = { database, connection, generation };
      return {
        lengths: await lengthsOf(asking, filter),
        ips: await countsOf(asking, filter, 'ips', BARS),
        countries: await countsOf(asking, filter, 'countries', BARS),
        hours: await countsOf(asking, filter, 'hours', 24, zoneValues(timeZone)),
      };
    }),
  );
}

async function countsOf(
  { database, connection, generation, shown = false }: Asking,
  filter: FindingsFilter,
  part: Part,
  top: number,
  more: Values = {},
): Promise<FacetCounts> {
  const { [part]: chosen = [], ...others } = filter;
  const { ctes, values, decided } = candidates(others, DECIDED.includes(part), chosen.length === 0 && shown);
  const count = async (): Promise<FacetCounts> => {
    const sql = `${ctes}, valued as (${sqlStep(steps, STEPS[part])}\n)\n${sqlStep(steps, 'most')}`;
    const rows = await connection.rows(sql, { ...values, ...more, top, chosen: chosen.map(String) });
    const all = rows[0] ? numberOf(rows[0][2]) : 0;
    return {
      values: rows.map((row) => ({ value: textOf(row[0]), findings: numberOf(row[1]) })),
      more: all - rows.length,
    };
  };
  if (decided) return count();
  return counted.get(database, generation, JSON.stringify([part, others, chosen, top, more]), count);
}

async function lengthsOf(
  { database, connection, generation }: Asking,
  filter: FindingsFilter,
): Promise<Overview['lengths']> {
  const { lengthSeconds: _own, ...others } = filter;
  const { ctes, values, decided } = candidates(others, false);
  const measure = async (): Promise<Overview['lengths']> => {
    const bounds = LENGTH_BOUNDS.map((seconds) => String(1000 * seconds));
    const rows = await connection.rows(`${ctes}\n${sqlStep(steps, 'lengths')}`, { ...values, bounds });
    const lengths = LENGTH_BOUNDS.map(() => ({ overlaps: 0, findings: 0 }));
    for (const row of rows) {
      lengths[numberOf(row[0])] = { overlaps: numberOf(row[1]), findings: numberOf(row[2]) };
    }
    return lengths;
  };
  return decided ? measure() : measured.get(database, generation, JSON.stringify(others), measure);
}

/** The findings and overlaps that the steps of facets.sql begin with. */
function candidates(
  filter: FindingsFilter,
  withDecisions: boolean,
  shown: string | false = false,
): { ctes: string; values: Values; decided: boolean } {
  const { from, values, overlaps, decided } = filteredFindings(filter, withDecisions);
  const those = shown === false ? from : `from ${shown}`;
  return { ctes: `with shown as (select * ${those}), met as (select * ${overlaps})`, values, decided };
}

/** Works out once which findings a filter lets through. */
async function materialise(connection: Connection, filter: FindingsFilter): Promise<string> {
  const { from, values } = filteredFindings(filter, true);
  await connection.run(`create or replace temp table facets_of as select * ${from}`, values);
  return 'facets_of';
}
