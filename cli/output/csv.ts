import type { Client } from '../../shared/rpc';

/** What of a CSV text goes on from `cursor`. */
type Fetch = (cursor: number) => Promise<{ text: string; next: number | null }>;

/** One row an overlap, as engine/export/csv.ts writes it. */
export function csvPieces(client: Client, raw: boolean, signal: AbortSignal): AsyncGenerator<string> {
  return pieces((cursor) => client.call('export.csv', { raw, cursor }, { signal }));
}

/** One row a log record of the user, as engine/export/records-csv.ts writes it. */
export function recordCsvPieces(
  client: Client,
  user: string,
  raw: boolean,
  signal: AbortSignal,
): AsyncGenerator<string> {
  return pieces((cursor) => client.call('export.records', { user, raw, cursor }, { signal }));
}

async function* pieces(fetch: Fetch): AsyncGenerator<string> {
  for (let cursor: number | null = 0; cursor !== null;) {
    const piece: { text: string; next: number | null } = await fetch(cursor);
    yield piece.text;
    cursor = piece.next;
  }
}
