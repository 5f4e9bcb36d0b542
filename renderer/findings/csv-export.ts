import type { Params, QueueColumn } from '../../shared/contract';
import type { Client } from '../../shared/rpc';

export type ExportQuery = Pick<Params<'export.csv'>, 'sort' | 'filter' | 'edition'>;

/** Counts the records of CSV text that comes in pieces: line ends inside quotes end no record. The header counts too. */
export class CsvRecordCounter {
  count = 0;
  #quoted = false;
  #open = false;

  add(piece: string): void {
    for (let at = 0; at < piece.length; at++) {
      const character = piece.charCodeAt(at);
      if (character === 0x22) this.#quoted = !this.#quoted;
      if (character === 0x0a && !this.#quoted) {
        this.count++;
        this.#open = false;
      } else if (!this.#open) {
        this.#open = true;
      }
    }
  }

  /** Counts a last record that no line end follows. */
  end(): number {
    if (this.#open) this.count++;
    this.#open = false;
    return this.count;
  }
}

/** What of the table is written: the overlaps of its users, or its rows with these columns. */
export type CsvKind = 'findings' | 'overlaps';
export type CsvContent = { kind: 'overlaps' } | { kind: 'findings'; columns: readonly QueueColumn[] };
type Piece = { text: string; next: number | null };

/** Pulls the CSV of what the table shows, piece by piece. `rows` leaves the header out. */
export async function fetchCsv(
  client: Client,
  content: CsvContent,
  query: ExportQuery,
  signal: AbortSignal,
): Promise<{ blob: Blob; rows: number }> {
  const pieces: string[] = [];
  const counter = new CsvRecordCounter();
  let cursor: number | null = 0;
  while (cursor !== null) {
    const asked = { ...query, raw: false, cursor };
    const piece: Piece =
      content.kind === 'overlaps'
        ? await client.call('export.csv', asked, { signal })
        : await client.call('export.findings', { ...asked, columns: [...content.columns] }, { signal });
    pieces.push(piece.text);
    counter.add(piece.text);
    cursor = piece.next;
  }
  return { blob: new Blob(pieces, { type: 'text/csv;charset=utf-8' }), rows: Math.max(0, counter.end() - 1) };
}

/** `doppel-overlaps-2026-03-02.csv`, by the day it is written on (UTC). */
export function csvName(kind: CsvKind, now: number): string {
  return `doppel-${kind}-${new Date(now).toISOString().slice(0, 10)}.csv`;
}

/** Saves a file the way a page can: the browser or the shell asks where, or puts it into the downloads. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // the download reads the blob after the click has returned
}
