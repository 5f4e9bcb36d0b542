/** For the tests of this room: good records to put hostile ones between, and what became of a log. */
import { expect } from 'vitest';
import { detect } from '../../engine/detect/detect';
import { activity } from '../../engine/ingest/made-log';
import type { Log } from '../../engine/ingest/open-log';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import type { InputSummary, LogSummary } from '../../shared/domain';
import { exportedCsv } from '../exported-csv';

export const SESSIONS = ['g1', 'g2', 'g3', 'g4', 'g5', 'g6'] as const;

/** A good record of JSON lines, known by its session. */
export function good(session: string, changes: Record<string, unknown> = {}): string {
  return JSON.stringify(activity(1, { SessionID: session, ConnectionID: `${session},1`, ...changes }));
}

/** Three good lines, the bad bytes as a line, three good lines. */
export function linesAround(bad: string | Uint8Array): Buffer {
  const [before, after] = [SESSIONS.slice(0, 3), SESSIONS.slice(3)].map((some) =>
    some.map((session) => `${good(session)}\n`).join(''),
  );
  return Buffer.concat([Buffer.from(before ?? ''), Buffer.from(bad), Buffer.from(`\n${after}`)]);
}

/** The same as elements of a JSON array, an element a line. */
export function arrayAround(bad: string | Uint8Array): Buffer {
  const [before, after] = [SESSIONS.slice(0, 3), SESSIONS.slice(3)].map((some) =>
    some.map((session) => good(session)).join(',\n'),
  );
  return Buffer.concat([Buffer.from(`[${before},\n`), Buffer.from(bad), Buffer.from(`,\n${after}]\n`)]);
}

const HEADER = 'LogTimestamp,ConnectionStatus,Username,ClientPublicIP,SessionID';

export function row(session: string): string {
  return `Mon Mar  2 08:15:03 2026,open,u,198.51.100.9,${session}`;
}

/** The same as rows of a CSV with a header. */
export function rowsAround(bad: string | Uint8Array, lineEnd = '\n'): Buffer {
  const rows = (some: readonly string[]): string => some.map((session) => row(session) + lineEnd).join('');
  return Buffer.concat([
    Buffer.from(HEADER + lineEnd + rows(SESSIONS.slice(0, 3))),
    Buffer.from(bad),
    Buffer.from(lineEnd + rows(SESSIONS.slice(3))),
  ]);
}

/** The session ids of the events, in order. */
export async function sessionsOf(log: Log): Promise<unknown[]> {
  const rows = await log.database.use(undefined, (connection) =>
    connection.rows('select session_id from event order by id'),
  );
  return rows.map(([session]) => session);
}

/** The first rejected records, as `LINE REASON`. */
export async function rejectsOf(log: Log): Promise<string[]> {
  const { rows } = await log.rejected({ offset: 0, limit: 1000 });
  return rows.map(({ line, reason }) => `${line} ${reason}`);
}

/** Records less all that is accounted for: 0, or some were lost without a word. */
export function unaccounted({ records, events, setAside, rejected }: InputSummary): number {
  return records - Object.values(setAside).reduce((sum, count) => sum + count, events + rejected);
}

/** Every record of every input is accounted for, and nothing is missing. */
export function expectWhole({ inputs }: LogSummary): void {
  for (const input of inputs) {
    expect(unaccounted(input)).toBe(0);
    expect(input.incomplete).toBeUndefined();
  }
}

/** What the rule finds in a log, as the CSV that a user exports. */
export async function findingsCsv(log: Log): Promise<string> {
  await detect(log.database, DEFAULT_PARAMETERS);
  return exportedCsv(log.database);
}
