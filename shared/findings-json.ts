/** The findings as JSON, for the command line and for the page. */
import type { FindingState } from './decisions';
import type { Finding, Overlap } from './domain';
import { accountOf } from './manifest';
import type { FindingsQuery, Run, Shown } from './manifest';
import { allFindings, allOverlaps, firstRejected } from './pages';
import { hideDecision, hideFinding, hideOverlap, hideRun, hideShown } from './pseudonymise';
import type { Pseudonyms } from './pseudonyms';
import type { Client } from './rpc';
import { REJECT_WORDS } from './words';
import { timesIn } from './zone-offset';

/** The count of rejected lines is exact; of the lines themselves so many are listed. */
const REJECTED_LISTED = 1000;

interface JsonOptions {
  /** Which findings, with their overlaps; all where it is left out. */
  query?: FindingsQuery | undefined;
  /** What has been decided about a finding; without it nothing is said of decisions. */
  decided?: ((finding: string) => FindingState | undefined) | undefined;
  /** In place of names; free text is left out then. */
  names?: Pseudonyms | undefined;
  /** Of its times; UTC where none is named. */
  timeZone?: string | undefined;
  signal: AbortSignal;
}
type Written = (epochMs: number) => string;

/** `doppel.findings/1`, a piece at a time so that memory stays bounded. Times are ISO 8601 with milliseconds. */
export async function* findingsJson(
  client: Client,
  run: Run,
  at: number,
  { query, decided, names, timeZone, signal }: JsonOptions,
): AsyncGenerator<string> {
  const written = timesIn(timeZone);
  const all: Shown = { kind: 'findings', ...(query && { query }), ...(timeZone !== undefined && { timeZone }) };
  const account = names ? accountOf(await hideRun(names, run), hideShown(all), at) : accountOf(run, all, at);
  yield `${JSON.stringify({ schema: 'doppel.findings/1', ...account }).slice(0, -1)},\n"findings":[`;
  yield* list(allFindings(client, query, signal), (finding) => writtenFinding(finding, decided, names, written));
  yield '],\n"overlaps":[';
  yield* list(allOverlaps(client, query, signal), async (overlap) =>
    writtenOverlap(names ? await hideOverlap(names, overlap) : overlap, written),
  );
  // they are text that nobody understands, so nobody knows whose names are in it
  const listed = names ? [] : await firstRejected(client, REJECTED_LISTED, signal);
  const rejected = listed.map(({ path, line, offset, reason, raw, isCut }) => ({
    path,
    line,
    offset,
    reason: REJECT_WORDS[reason],
    text: raw,
    isCut,
  }));
  yield `],\n"rejected":${JSON.stringify(rejected)}}\n`;
}

/** Without `countries`: the schema's findings hold what the rule computes. */
async function writtenFinding(
  finding: Finding,
  decided: JsonOptions['decided'],
  names: Pseudonyms | undefined,
  written: Written,
): Promise<object> {
  const state = decided?.(finding.id);
  const shown = names ? await hideFinding(names, finding) : finding;
  const { id, user, DstUserName, distinctIps, maxConcurrentIps, overlapCount, overlapSeconds } = shown;
  const firstOverlap = written(finding.firstOverlap);
  const lastOverlap = written(finding.lastOverlap);
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
    ...(decided && { decision: writtenDecision(state && names ? await hideDecision(names, state) : state, written) }),
  };
}

/** Null: nobody has touched it. */
function writtenDecision(decided: FindingState | undefined, written: Written): object | null {
  if (!decided) return null;
  const { status, verdict, assignee, tags, notes, changedAt, changedBy } = decided;
  const told = notes.map(({ text, author, ts }) => ({ text, author, at: written(ts) }));
  return { status, verdict, assignee, tags, notes: told, changedAt: written(changedAt), changedBy };
}

function writtenOverlap(overlap: Overlap, written: Written): object {
  return { ...overlap, overlapStart: written(overlap.overlapStart), overlapEnd: written(overlap.overlapEnd) };
}

async function* list<Row>(
  rows: AsyncIterable<Row>,
  shape: (row: Row) => object | Promise<object>,
): AsyncGenerator<string> {
  let separator = '\n';
  for await (const row of rows) {
    yield separator + JSON.stringify(await shape(row));
    separator = ',\n';
  }
}
