import type { Database } from '../engine/db';
import { exportCsv } from '../engine/export/csv';

/** The overlaps of the last detection as a user exports them, all pieces. */
export async function exportedCsv(database: Database): Promise<string> {
  let text = '';
  for (let cursor: number | null = 0; cursor !== null;) {
    const piece: { text: string; next: number | null } = await exportCsv(database, { raw: false, cursor });
    text += piece.text;
    cursor = piece.next;
  }
  return text;
}
