import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import * as v from 'valibot';
import { SavedReading, isDefault, withShape } from '../../shared/choices';
import type { Choices } from '../../shared/choices';
import type { LogSummary } from '../../shared/domain';
import { preferencesPath } from '../../engine/preferences/data-folder';
import { PreferencesFile } from '../../engine/preferences/preferences-file';
import { DoppelError } from '../../shared/errors';
import type { NamedLog } from './log-options';
import { writeWhole } from '../output/whole-file';

/** What the options say about how to read the files. Throws `file-unreadable`, or `usage` for a name that nothing is saved under. */
export async function chosenOf({
  choices,
  mapping,
  reading,
}: Pick<NamedLog, 'choices' | 'mapping' | 'reading'>): Promise<Choices> {
  const all = [...(await Promise.all(mapping.map(readMapping))), ...reading.map(savedUnder)];
  const [first] = all;
  if (!first) return choices;
  if (all.length === 1) return { ...first.choices, ...choices };
  return all.reduce<Choices>((so, { shape, choices: own }) => withShape(so, shape, own), choices);
}

function savedUnder(name: string): SavedReading {
  const { preferences, notice } = new PreferencesFile(preferencesPath()).read();
  const readings = preferences.readings ?? [];
  const found = readings.find((each) => each.name === name);
  if (found) return found;
  const names = readings.map((each) => `“${each.name}”`).join(', ');
  const there = readings.length === 0 ? 'None is saved' : `Saved are ${names}`;
  throw new DoppelError('usage', `No reading is saved as “${name}”. ${there}. ${notice ?? ''}`.trim());
}

/** What is in a mapping file. Throws `file-unreadable`, naming it, when it is none. */
async function readMapping(path: string): Promise<SavedReading> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new DoppelError('file-unreadable', `${path}: the mapping cannot be read. Check the path.`, { cause: error });
  }
  try {
    return v.parse(SavedReading, JSON.parse(text));
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
  const saved: SavedReading = { schema: 'doppel.mapping/1', name, savedAt: Date.now(), shape, choices };
  await writeWhole(path, [`${JSON.stringify(saved, null, 2)}\n`]);
}
