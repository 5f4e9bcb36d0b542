import { join } from 'node:path';
import { TABLES, entryOf } from './format';

/** Where the tables of a log are written to on their way into a hand-over file; its database may write nowhere else. */
export function tablePaths(folder: string): string[] {
  const names = [...TABLES.map(entryOf), ...Array.from({ length: MOST_PARTS }, (_, part) => partName(part))];
  return names.map((name) => join(tableFolder(folder), name));
}

/** The largest table is written in parts, so that memory holds one of them. */
export const MOST_PARTS = 200;

/** The name of a part, numbered from 0. */
export function partName(part: number): string {
  return `event-${part}.parquet`;
}

/** Of the private folder of a log. */
export function tableFolder(folder: string): string {
  return join(folder, 'handover');
}
