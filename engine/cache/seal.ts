/**
 * What is said beside a cache: which log it holds, sealed with a key of the user. DuckDB opens no file of a case folder that
 * somebody else may have put there, or of which a bit has changed.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { piecesOf } from '../file-pieces';
import { Request } from './request';

const KEY_BYTES = 32;

export const Label = v.object({
  schema: v.literal('doppel.cache/1'),
  /** Tells which key sealed it. */
  key: v.string(),
  /** When the files were read; epoch ms. */
  readAt: v.number(),
  request: Request,
  records: v.number(),
  /** Of cache.duckdb. */
  bytes: v.number(),
});
export type Label = v.InferOutput<typeof Label>;

const Sealed = v.object({ label: Label, seal: v.string() });
export type Sealed = v.InferOutput<typeof Sealed>;

/** The key in this file, made when there is none. Undefined where it cannot be kept: then there is no cache. */
export async function cacheKey(path: string): Promise<Buffer | undefined> {
  try {
    const key = await readFile(path).catch(() => undefined);
    if (key?.length === KEY_BYTES) return key;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const made = randomBytes(KEY_BYTES);
    await writeFile(path, made, { mode: 0o600 });
    return made;
  } catch {
    return undefined;
  }
}

/** What a label calls the key that sealed it: it tells keys apart and gives nothing of them away. */
export function keyName(key: Buffer): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 16);
}

/** Seals a label together with the file that it is about. */
export async function seal(key: Buffer, label: Label, file: string, signal: AbortSignal | undefined): Promise<string> {
  const hmac = createHmac('sha256', key).update(JSON.stringify(label));
  for await (const piece of piecesOf(file, { signal })) hmac.update(piece);
  return hmac.digest('hex');
}

/** `none`: there is no such file. `damaged`: it holds something else. */
export async function readLabel(path: string): Promise<Sealed | 'none' | 'damaged'> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return 'none';
  }
  try {
    return v.parse(Sealed, JSON.parse(text));
  } catch {
    return 'damaged';
  }
}
