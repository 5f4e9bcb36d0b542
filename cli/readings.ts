import { choicesInWords } from '../shared/choices';
import type { SavedReading } from '../shared/choices';
import { DoppelError } from '../shared/errors';
import { visibleText } from '../shared/visible-text';
import { preferencesPath } from '../engine/preferences/data-folder';
import { PreferencesFile } from '../engine/preferences/preferences-file';
import { writeToStdout } from './output/standard-output';
import { parseOptions, usage } from './parse-options';

const HELP = `doppel readings: how files are read, saved under names in the app

  doppel readings [--format table|json]    list them
  doppel readings rename NAME NEW-NAME
  doppel readings delete NAME

doppel detect --reading NAME takes one; files with the same columns or of the same format take theirs by themselves in
the app. They are kept in preferences.json in the user's data folder; close the app before you change them here.
`;

/** `doppel readings`: lists, renames and deletes saved readings. Returns the exit code. */
export async function readings(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions('readings', args, {
    help: { type: 'boolean', short: 'h' },
    format: { type: 'string' },
  });
  if (values.help) {
    await writeToStdout([HELP]);
    return 0;
  }
  const { format = 'table' } = values;
  if (format !== 'table' && format !== 'json') {
    throw usage('readings', `--format takes table, json, not "${format}".`);
  }
  const [what, name, to, ...others] = positionals;
  if (what === undefined) await list(format);
  else if (what === 'rename' && name !== undefined && to !== undefined && others.length === 0) rename(name, to);
  else if (what === 'delete' && name !== undefined && to === undefined) change(name, () => []);
  else throw usage('readings', 'It takes nothing, or rename NAME NEW-NAME, or delete NAME.');
  return 0;
}

async function list(format: 'table' | 'json'): Promise<void> {
  const { preferences, notice } = new PreferencesFile(preferencesPath()).read();
  if (notice !== null) process.stderr.write(`${visibleText(notice)}\n`);
  const saved = preferences.readings ?? [];
  const lines = saved.map(({ name, savedAt, choices }) => {
    const day = new Date(savedAt).toISOString().slice(0, 10);
    return `${visibleText(name)}\t${day}\t${visibleText(choicesInWords(choices))}\n`;
  });
  const none = 'No reading is saved. Save one in the app: Import details, Change how it is read.\n';
  await writeToStdout(
    format === 'json' ? [`${JSON.stringify(saved, null, 2)}\n`] : lines.length === 0 ? [none] : lines,
  );
}

function rename(name: string, to: string): void {
  const next = to.trim();
  if (next === '' || next.length > 100) throw usage('readings', 'A name has 1 to 100 characters.');
  change(name, (reading, all) => {
    if (next !== name && all.some((each) => each.name === next)) {
      throw new DoppelError('usage', `There is a reading “${next}” already. Delete it, or take another name.`);
    }
    return [{ ...reading, name: next }];
  });
}

/** Puts what `change` makes of it in the place of a reading. Throws `usage` when none has the name. */
function change(name: string, by: (reading: SavedReading, all: readonly SavedReading[]) => SavedReading[]): void {
  const file = new PreferencesFile(preferencesPath());
  const { preferences } = file.read();
  const all = preferences.readings ?? [];
  const reading = all.find((each) => each.name === name);
  if (!reading) throw new DoppelError('usage', `No reading is saved as “${name}”. See doppel readings.`);
  file.write({ ...preferences, readings: all.flatMap((each) => (each === reading ? by(each, all) : [each])) });
}
