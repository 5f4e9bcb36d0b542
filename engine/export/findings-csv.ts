import type { Params, Result } from '../../shared/contract';
import { QUEUE_COLUMNS } from '../../shared/export';
import type { QueueColumn } from '../../shared/export';
import type { FindingState } from '../../shared/decisions';
import type { Finding } from '../../shared/domain';
import { hideDecision, hideFinding } from '../../shared/pseudonymise';
import { Pseudonyms } from '../../shared/pseudonyms';
import { timesIn } from '../../shared/zone-offset';
import type { Database } from '../db';
import type { Decisions } from '../decisions/decisions';
import { findingsPage } from '../lists/findings';
import { ROWS_A_PIECE, pieceOf, placeOf } from './pieces';

/** `written` writes a time. */
type Cell = (finding: Finding, decided: FindingState | undefined, written: (at: number) => string) => string | number;

/** What each column of the queue says in CSV: times in ISO 8601, lists separated by semicolons, notes by a line. */
const CELLS: Record<QueueColumn, Cell> = {
  FindingId: ({ id }) => id,
  DstUserName: ({ DstUserName }) => DstUserName,
  DistinctIps: ({ distinctIps }) => distinctIps,
  MaxConcurrentIps: ({ maxConcurrentIps }) => maxConcurrentIps,
  Overlaps: ({ overlapCount }) => overlapCount,
  OverlapSeconds: ({ overlapSeconds }) => overlapSeconds,
  Countries: ({ countries }) => countries.join(';'),
  FirstOverlap: ({ firstOverlap }, _, written) => written(firstOverlap),
  LastOverlap: ({ lastOverlap }, _, written) => written(lastOverlap),
  Status: (_, decided) => decided?.status ?? 'new',
  Verdict: (_, decided) => decided?.verdict ?? '',
  Assignee: (_, decided) => decided?.assignee ?? '',
  Tags: (_, decided) => decided?.tags.join(';') ?? '',
  Notes: (_, decided, written) =>
    decided?.notes.map((note) => `${note.text} (${note.author}, ${written(note.ts)})`).join('\n') ?? '',
  ChangedAt: (_, decided, written) => (decided ? written(decided.changedAt) : ''),
  ChangedBy: (_, decided) => decided?.changedBy ?? '',
};

/** `export.findings` of the contract: the rows that the table shows, in its order, with what has been decided about each. */
export async function exportFindings(
  database: Database,
  decisions: Decisions,
  { columns: chosen, cursor, raw, timeZone, pseudonyms, ...query }: Params<'export.findings'>,
  signal?: AbortSignal,
): Promise<Result<'export.findings'>> {
  const written = timesIn(timeZone);
  const columns: readonly QueueColumn[] = chosen ?? QUEUE_COLUMNS;
  const page = await findingsPage(database, { ...query, offset: placeOf(cursor), limit: ROWS_A_PIECE }, signal);
  const names = pseudonyms === undefined ? undefined : await Pseudonyms.of(pseudonyms);
  const rows = await Promise.all(
    page.rows.map(async (finding) => {
      const state = decisions.of(finding.id);
      const shown = names ? await hideFinding(names, finding) : finding;
      const decided = names && state ? await hideDecision(names, state) : state;
      return columns.map((column) => CELLS[column](shown, decided, written));
    }),
  );
  return pieceOf({ columns, rows, total: page.total, generation: page.generation }, cursor, raw);
}
