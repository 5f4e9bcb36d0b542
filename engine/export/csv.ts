import type { Params, Result } from '../../shared/contract';
import { RULE } from '../../shared/domain';
import type { Overlap } from '../../shared/domain';
import { hideOverlap } from '../../shared/pseudonymise';
import { Pseudonyms } from '../../shared/pseudonyms';
import { timesIn } from '../../shared/zone-offset';
import type { Database } from '../db';
import { pageOf } from '../lists/ordered';
import { OVERLAP_ROWS, SESSION_IDS_LISTED, findingIdOf, overlapOf, overlapsOfFindings } from '../lists/overlaps';
import { ROWS_A_PIECE, pieceOf, placeOf } from './pieces';

const COLUMNS = [
  'DstUserName',
  'SrcIpAddr',
  'PreviousSrcIpAddr',
  'AccountCustomEntity',
  'IPCustomEntity',
  'OverlapStart',
  'OverlapEnd',
  'OverlapSeconds',
  'SessionIds',
  'PreviousSessionIds',
  'Severity',
  'Tactics',
  'Techniques',
  'RuleId',
  'FindingId',
] as const;
/**
 * `export.csv` of the contract: RFC 4180, one row an overlap, a piece at a time. Values that a spreadsheet would run are
 * neutralised (neutralise.ts) unless `raw`. Lists within a cell are separated by semicolons; a cell of more than
 * SESSION_IDS_LISTED session ids ends in how many more there are, such as `+7 more`.
 */
export async function exportCsv(
  database: Database,
  params: Params<'export.csv'>,
  signal?: AbortSignal,
): Promise<Result<'export.csv'>> {
  const written = timesIn(params.timeZone);
  const page = { offset: placeOf(params.cursor), limit: ROWS_A_PIECE, values: { ids: SESSION_IDS_LISTED } };
  const { total, rows, generation } = await pageOf(database, overlapsOfFindings(params), OVERLAP_ROWS, page, signal);
  const names = params.pseudonyms === undefined ? undefined : await Pseudonyms.of(params.pseudonyms);
  const cells = rows.map(async (row) => {
    const [overlap, finding] = [overlapOf(row), findingIdOf(row)];
    if (!names) return cellsOf(overlap, finding, written);
    return cellsOf(await hideOverlap(names, overlap), await names.finding(finding), written);
  });
  const table = { columns: COLUMNS, rows: await Promise.all(cells), total, generation };
  return pieceOf(table, params.cursor, params.raw);
}

/** The cells of one line, in the order of COLUMNS. */
function cellsOf(overlap: Overlap, finding: string, written: (at: number) => string): (string | number)[] {
  return [
    overlap.DstUserName,
    overlap.SrcIpAddr,
    overlap.PreviousSrcIpAddr,
    overlap.DstUserName,
    overlap.SrcIpAddr,
    written(overlap.overlapStart),
    written(overlap.overlapEnd),
    overlap.overlapSeconds,
    joined(overlap.sessionIds, overlap.sessionIdCount),
    joined(overlap.previousSessionIds, overlap.previousSessionIdCount),
    RULE.severity,
    RULE.tactics.join(';'),
    RULE.techniques.join(';'),
    RULE.id,
    finding,
  ];
}

function joined(ids: readonly string[], total: number): string {
  return [...ids, ...(total > ids.length ? [`+${total - ids.length} more`] : [])].join(';');
}
