import type { DetectionSummary, Finding } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import { isoTime, spellDuration } from '../../shared/time';
import { visibleText } from '../../shared/visible-text';
import { allFindings } from '../../shared/pages';
import { inColumns } from './columns';

/** Rows are laid out together in groups of this size, so that a long list does not have to be held to know its widths. */
const GROUP = 500;

const COLUMNS: { title: string; right?: boolean; cell(finding: Finding): string }[] = [
  { title: 'User', cell: (finding) => visibleText(finding.DstUserName) },
  { title: 'Source IPs', right: true, cell: (finding) => String(finding.distinctIps) },
  { title: 'At once', right: true, cell: (finding) => String(finding.maxConcurrentIps) },
  { title: 'Overlaps', right: true, cell: (finding) => String(finding.overlapCount) },
  { title: 'Overlap length', right: true, cell: (finding) => spellDuration(finding.overlapSeconds * 1000) },
  { title: 'First overlap (UTC)', cell: (finding) => isoTime(finding.firstOverlap) },
  { title: 'Last overlap (UTC)', cell: (finding) => isoTime(finding.lastOverlap) },
];

const RIGHT = new Set(COLUMNS.flatMap(({ right }, index) => (right ? [index] : [])));

/** The findings for a person at a terminal: one line a flagged user. */
export async function* tablePieces(
  client: Client,
  detection: DetectionSummary,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const { findings, users, whyNone } = detection;
  if (findings === 0) {
    yield `No user was at two source IPs at once (${users} ${users === 1 ? 'user' : 'users'} looked at).\n`;
    for (const reason of whyNone) yield `${reason}\n`;
    return;
  }
  yield `${findings} of ${users} ${users === 1 ? 'user' : 'users'} at two or more source IPs at once:\n\n`;
  let group: Finding[] = [];
  for await (const finding of allFindings(client, undefined, signal)) {
    group.push(finding);
    if (group.length === GROUP) {
      yield layOut(group);
      group = [];
    }
  }
  if (group.length > 0) yield layOut(group);
}

function layOut(findings: Finding[]): string {
  const rows = findings.map((row) => COLUMNS.map((column) => column.cell(row)));
  return inColumns([COLUMNS.map((column) => column.title), ...rows], RIGHT);
}
