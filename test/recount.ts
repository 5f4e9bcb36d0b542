/** How many records a file of a golden case holds, counted without any of Doppel's code. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { decompress } from 'fzstd';
import Papa from 'papaparse';

/**
 * Of CSV and TSV the rows without the head, of a text with a record a line its lines, blank ones and broken ones too.
 * Undefined of what falls into records otherwise: archives, Parquet, JSON arrays and the like, for which the account that
 * lies beside them (account.json) was counted by hand.
 */
export function recount(path: string): number | undefined {
  const text = textOf(path)?.replace(/\r?\n$/u, '');
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  if (/\.(csv|tsv)(\.gz)?$/u.test(path)) {
    const { data } = Papa.parse<string[]>(text);
    // a row of data has a time in it
    return data.length - (/\d{4}/u.test(lines[0] ?? '') ? 0 : 1);
  }
  if (!/^\s*[[{]/u.test(text)) return lines.length;
  const objects = lines.filter(isObject).length;
  return lines.length > 1 && objects > lines.length / 2 ? lines.length : undefined;
}

function textOf(path: string): string | undefined {
  const bytes = readFileSync(path);
  if (/\.(zip|parquet|tar\.gz)$/u.test(path)) return undefined;
  if (path.endsWith('.gz')) return gunzipSync(bytes).toString();
  if (path.endsWith('.zst')) return Buffer.from(decompress(bytes)).toString();
  return bytes[0] === 0xff ? new TextDecoder('utf-16le').decode(bytes) : bytes.toString();
}

function isObject(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object' && line.startsWith('{');
  } catch {
    return false;
  }
}
