import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { SavedReading } from '../../shared/choices';
import type { Limits } from '../../shared/sources';
import { VERSION } from '../../shared/version';
import { duckdbVersion } from '../db';
import overlapsText from '../detect/overlaps.sql?raw';
import presenceText from '../detect/presence.sql?raw';
import summaryText from '../detect/summary.sql?raw';
import adjustText from '../formats/adjust.sql?raw';
import loadText from '../ingest/load.sql?raw';
import recordText from '../ingest/record.sql?raw';
import type { FileToOpen } from '../sources/source';
import { Stamp } from './stamp';

/** Grows whenever what a cache holds, or what is read out of the same files, is another thing than before. */
const CACHE_VERSION = 2;

/** What makes the tables. */
const SQL = [recordText, loadText, adjustText, presenceText, overlapsText, summaryText];

/** All that decides what is read out of files: two requests that are the same come to the same log. */
export const Request = v.object({
  /** Which Doppel reads. */
  by: v.string(),
  /** What was chosen and remembered about how they are read. */
  how: v.string(),
  stamps: v.array(Stamp),
});
export type Request = v.InferOutput<typeof Request>;

export function requestOf(
  files: readonly FileToOpen[],
  stamps: Stamp[],
  limits: Limits | undefined,
  saved: readonly SavedReading[],
): Request {
  // a handle is another one every time
  const named = files.map(({ id: _id, ...file }) => file);
  return { by: reader(), how: JSON.stringify([named, limits ?? null, saved]), stamps };
}

function reader(): string {
  const sql = createHash('sha256').update(SQL.join('\n')).digest('hex');
  return `${VERSION} ${CACHE_VERSION} ${duckdbVersion()} ${sql.slice(0, 16)}`;
}
