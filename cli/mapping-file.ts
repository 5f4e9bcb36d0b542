import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import * as v from 'valibot';
import { SavedMapping, isDefault } from '../shared/choices';
import type { Choices } from '../shared/choices';
import type { LogSummary } from '../shared/domain';
import { DoppelError } from '../shared/errors';
import { writeWhole } from './output/whole-file';

/** The choices in a mapping file. Throws `file-unreadable`, naming it, when it is none. */
export async function readMapping(path: string): Promise<Choices> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new DoppelError('file-unreadable', `${path}: the mapping cannot be read. Check the path.`, { cause: error });
  }
  try {
    return v.parse(SavedMapping, JSON.parse(text)).choices;
  } catch (error) {
    const message = `${path} is no mapping of Doppel. Write one with --save-mapping.`;
    throw new DoppelError('file-unreadable', message, { cause: error });
  }
}

/** Writes the choices that were made about the first file for which some were, whole or not at all. */
export async function writeMapping(path: string, log: LogSummary): Promise<void> {
  const input = log.inputs.find(({ reading }) => !isDefault(reading.choices));
  if (!input) {
    throw new DoppelError('usage', 'There is no choice to save: give --map, --no-header, --time-zone or --date-order.');
  }
  const { shape, choices } = input.reading;
  const name = basename(path).replace(/\.json$/iu, '');
  const saved: SavedMapping = { schema: 'doppel.mapping/1', name, savedAt: Date.now(), shape, choices };
  await writeWhole(path, [`${JSON.stringify(saved, null, 2)}\n`]);
}
