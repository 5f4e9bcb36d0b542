import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import type { SavedReading } from '../../shared/choices';
import type { Limits } from '../../shared/sources';
import { VERSION } from '../../shared/version';
import { duckdbVersion } from '../db';
import type { FileToOpen } from '../sources/source';
import { Stamp } from './stamp';

/** All that decides what is read out of files: two requests that are the same come to the same log. */
export const Request = v.object({
  /** Which Doppel reads. */
  by: v.string(),
  /** What was chosen and remembered about how they are read. */
  how: v.string(),
  stamps: v.array(Stamp),
});
export type Request = v.InferOutput<typeof Request>;

/** The request as the label of a cache holds it: equal to another one when the log would be read in the same way. */
export function requestOf(
  files: readonly FileToOpen[],
  stamps: Stamp[],
  limits: Limits | undefined,
  saved: readonly SavedReading[],
): Request {
  // a handle is another one every time
  const named = files.map(({ id: _id, ...file }) => file);
  return { by: thisReader(), how: JSON.stringify([named, limits ?? null, saved]), stamps };
}

let reader: string | undefined;

/** This build of Doppel. As built, this file imports others by names that tell their content, so that its own tells all. */
function thisReader(): string {
  reader ??= createHash('sha256')
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .digest('hex');
  return `${VERSION} ${duckdbVersion()} ${reader.slice(0, 16)}`;
}
