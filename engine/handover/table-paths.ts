import { join } from 'node:path';
import { TABLES, entryOf } from './format';

/** Where the tables of a log are written to on their way into a hand-over file; its database may write nowhere else. */
export function tablePaths(folder: string): string[] {
  return TABLES.map((table) => join(tableFolder(folder), entryOf(table)));
}

/** Of the private folder of a log. */
export function tableFolder(folder: string): string {
  return join(folder, 'handover');
}
