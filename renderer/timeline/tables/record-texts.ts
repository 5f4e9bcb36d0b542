import { DoppelError } from '../../../shared/errors';
import type { EvidenceOf, EvidenceRecord } from '../../../shared/evidence';
import type { Client } from '../../../shared/rpc';
import { RAW_PROBLEM_WORDS, recordPlace } from '../../../shared/words';

/** More than that is nothing for a clipboard. */
export const COPIED_MOST = 2000;
const COPIED_CHARACTERS = 20_000_000;
const PAGE = 200;

/** Whose words the text of these records is. */
export function textWords(rows: readonly Pick<EvidenceRecord, 'writtenFrom'>[]): string {
  const written = rows.find(({ writtenFrom }) => writtenFrom !== null)?.writtenFrom;
  if (written === undefined) return 'as in the file';
  const isAll = rows.every(({ writtenFrom }) => writtenFrom !== null);
  const why = `a ${written} file holds columns and no text`;
  return isAll ? `each row written as JSON (${why})` : `as in the file, rows of ${written} written as JSON (${why})`;
}

/**
 * The text of the records, one after another, of the first COPIED_MOST. Throws, saying which and why, when one of them
 * cannot be given whole.
 */
export async function textOfAll(client: Client, of: EvidenceOf): Promise<string> {
  const texts: string[] = [];
  let characters = 0;
  for (let total = 1; texts.length < Math.min(total, COPIED_MOST);) {
    const page = await client.call('evidence.page', { of, offset: texts.length, limit: PAGE });
    total = page.total;
    for (const row of page.rows) {
      const where = `${row.file}, ${recordPlace(row)}`;
      if (row.problem !== null) throw new DoppelError(row.problem, `${where}: ${RAW_PROBLEM_WORDS[row.problem]}`);
      if (row.isCut || row.raw === null) {
        throw new DoppelError('output-unwritable', `${where} is longer than 64 kB. Look for it in the file itself.`);
      }
      texts.push(row.raw);
      characters += row.raw.length;
    }
    if (characters > COPIED_CHARACTERS) {
      throw new DoppelError('output-unwritable', 'the records are too long for the clipboard. Export them to a file.');
    }
    if (page.rows.length === 0) break;
  }
  return texts.slice(0, COPIED_MOST).join('\n');
}
