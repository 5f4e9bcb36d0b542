/** The findings as JSON, for the command line and for the page. */
import type { FindingState } from './decisions';
import type { Finding, Overlap } from './domain';
import { accountOf } from './manifest';
import type { FindingsQuery, Run } from './manifest';
import { allFindings, allOverlaps, firstRejected } from './pages';
import type { Client } from './rpc';
import { isoTime } from './time';
import { REJECT_WORDS } from './words';

/** The count of rejected lines is exact; of the lines themselves so many are listed. */
const REJECTED_LISTED = 1000;

export interface JsonOptions {
  /** Which findings, with their overlaps; all where it is left out. */
  query?: FindingsQuery | undefined;
  /** What has been decided about a finding; without it nothing is said of decisions. */
  decided?: ((finding: string) => FindingState | undefined) | undefined;
  signal: AbortSignal;
}

/** `doppel.findings/1`, a piece at a time so that memory stays bounded. Times are ISO 8601 UTC with milliseconds. */
export async function* findingsJson(
  client: Client,
  run: Run,
  at: number,
  { query, decided, signal }: JsonOptions,
): AsyncGenerator<string> {
  const head = { schema: 'doppel.findings/1', ...accountOf(run, { kind: 'findings', ...(query && { query }) }, at) };
  yield `${JSON.stringify(head).slice(0, -1)},\n"findings":[`;
  yield* list(allFindings(client, query, signal), (finding) => writtenFinding(finding, decided));
  yield '],\n"overlaps":[';
  yield* list(allOverlaps(client, query, signal), writtenOverlap);
  const rejected = (await firstRejected(client, REJECTED_LISTED, signal)).map(
    ({ path, line, offset, reason, raw, isCut }) => ({
      path,
      line,
      offset,
      reason: REJECT_WORDS[reason],
      text: raw,
      isCut,
    }),
  );
  yield `],\n"rejected":${JSON.stringify(rejected)}}\n`;
}

/** Without `countries`: the schema's findings hold what the rule computes. */
function writtenFinding(finding: Finding, decided: JsonOptions['decided']): object {
  const { id, user, DstUserName, distinctIps, maxConcurrentIps, overlapCount, overlapSeconds } = finding;
  const firstOverlap = isoTime(finding.firstOverlap);
  const lastOverlap = isoTime(finding.lastOverlap);
  return {
    id,
    user,
    DstUserName,
    distinctIps,
    maxConcurrentIps,
    overlapCount,
    overlapSeconds,
    firstOverlap,
    lastOverlap,
    ...(decided && { decision: writtenDecision(decided(id)) }),
  };
}

/** Null: nobody has touched it. */
function writtenDecision(decided: FindingState | undefined): object | null {
  if (!decided) return null;
  const { status, verdict, assignee, tags, notes, changedAt, changedBy } = decided;
  const written = notes.map(({ text, author, ts }) => ({ text, author, at: isoTime(ts) }));
  return { status, verdict, assignee, tags, notes: written, changedAt: isoTime(changedAt), changedBy };
}

function writtenOverlap(overlap: Overlap): object {
  return { ...overlap, overlapStart: isoTime(overlap.overlapStart), overlapEnd: isoTime(overlap.overlapEnd) };
}

async function* list<Row>(rows: AsyncIterable<Row>, shape: (row: Row) => object): AsyncGenerator<string> {
  let separator = '\n';
  for await (const row of rows) {
    yield separator + JSON.stringify(shape(row));
    separator = ',\n';
  }
}
