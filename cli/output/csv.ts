import type { Client } from '../../shared/rpc';

/** One row an overlap, as engine/export/csv.ts writes it. */
export async function* csvPieces(client: Client, raw: boolean, signal: AbortSignal): AsyncGenerator<string> {
  for (let cursor: number | null = 0; cursor !== null;) {
    const piece: { text: string; next: number | null } = await client.call('export.csv', { raw, cursor }, { signal });
    yield piece.text;
    cursor = piece.next;
  }
}
