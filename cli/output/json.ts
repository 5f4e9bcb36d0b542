import { RULE } from '../../shared/domain';
import type { DetectionSummary, Finding, LogSummary, Parameters } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import { formatDuration, isoTime } from '../../shared/time';
import { REJECT_WORDS } from '../../shared/words';
import { allFindings, allOverlaps, firstRejected } from './pages';

/** The count of rejected lines is exact; of the lines themselves so many are listed. */
const REJECTED_LISTED = 1000;

/** `doppel.findings/1`, a piece at a time so that memory stays bounded. Times are ISO 8601 UTC with milliseconds. */
export async function* jsonPieces(
  client: Client,
  log: LogSummary,
  detection: DetectionSummary,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const { id, name, variant, ...classification } = RULE;
  const head = {
    schema: 'doppel.findings/1',
    rule: { id, name, variant, parameters: parametersInWords(detection.parameters), ...classification },
    inputs: log.inputs.map((input) => {
      const { path, bytes, sha256, format, records, events, setAside, rejected, orphanCloses, duplicates } = input;
      const account = { records, events, setAside, rejected, orphanCloses, duplicates };
      return { path, bytes, sha256, format, ...account, incomplete: input.incomplete, warnings: input.warnings };
    }),
    totals: {
      records: log.records,
      events: log.events,
      users: detection.users,
      segments: detection.segments,
      findings: detection.findings,
      overlaps: detection.overlaps,
      orphanCloses: detection.orphanCloses,
      duplicates: log.duplicates,
      firstEvent: nullable(log.firstEvent),
      lastEvent: nullable(log.lastEvent),
      warnings: log.warnings,
      whyNone: detection.whyNone,
      coverageGaps: log.coverageGaps.map(({ from, to }) => ({ from: isoTime(from), to: isoTime(to) })),
    },
  };
  yield `${JSON.stringify(head).slice(0, -1)},\n"findings":[`;
  yield* list(allFindings(client, signal), writtenFinding);
  yield '],\n"overlaps":[';
  yield* list(allOverlaps(client, signal), (overlap) => ({
    ...overlap,
    overlapStart: isoTime(overlap.overlapStart),
    overlapEnd: isoTime(overlap.overlapEnd),
  }));
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
function writtenFinding(finding: Finding): object {
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
  };
}

async function* list<Row>(rows: AsyncIterable<Row>, shape: (row: Row) => object): AsyncGenerator<string> {
  let separator = '\n';
  for await (const row of rows) {
    yield separator + JSON.stringify(shape(row));
    separator = ',\n';
  }
}

/** As the command line writes them, so that a reader can run the same again. */
function parametersInWords({ idleGapMs, minOverlapMs, openSessions, fromMs, toMs }: Parameters): object {
  return {
    idleGap: formatDuration(idleGapMs),
    minOverlap: formatDuration(minOverlapMs),
    openSessions,
    from: nullable(fromMs),
    to: nullable(toMs),
  };
}

function nullable(epochMs: number | null): string | null {
  return epochMs === null ? null : isoTime(epochMs);
}
