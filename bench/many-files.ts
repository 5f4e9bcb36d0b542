import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { alternate, outcomeOf } from './alternate';
import { detectArgs } from './detect';
import { benchLog, CLI } from './logs';

const FILES = 500;
const RECORDS = 50;
const USERS = 250;

/** Opening a folder of 500 files of 50 records, in four formats in turn, against one file with the same number of records. */
export async function benchManyFiles(): Promise<void> {
  const wanted = { records: FILES * RECORDS, users: USERS };
  const json = await benchLog(wanted);
  const csv = await benchLog({ ...wanted, shape: 'csv' });
  const folder = await manyFiles(json.path, csv.path);
  console.log(`${FILES} files of ${RECORDS} records; whole processes`);
  const outcomes = await alternate([
    { name: '500 files', args: [CLI, ...detectArgs(folder)] },
    { name: 'one file', args: [CLI, ...detectArgs(json.path)] },
  ]);
  const [many, one] = ['500 files', 'one file'].map((name) => outcomeOf(outcomes, name).cpuSeconds);
  if (many === undefined || one === undefined) throw new RangeError('A contender did not run.');
  console.log(`  a file costs ${((1000 * (many - one)) / FILES).toFixed(1)} ms of processor`);
}

/** The records cut into files, made once and kept in the folder for temporary files. */
async function manyFiles(json: string, csv: string): Promise<string> {
  const folder = join(tmpdir(), 'doppel-bench', `${FILES}-files-of-${RECORDS}`);
  if (existsSync(folder)) return folder;
  const part = `${folder}.part`;
  await mkdir(part, { recursive: true });
  const objects = (await readFile(json, 'utf8')).trimEnd().split('\n');
  const [header = '', ...rows] = (await readFile(csv, 'utf8')).trimEnd().split('\n');
  for (let file = 0; file < FILES; file++) {
    const own = objects.slice(file * RECORDS, (file + 1) * RECORDS);
    const text = `${own.join('\n')}\n`;
    const [ending, content] = [
      ['ndjson', text] as const,
      ['csv', `${[header, ...rows.slice(file * RECORDS, (file + 1) * RECORDS)].join('\n')}\n`] as const,
      ['json', `[\n${own.join(',\n')}\n]\n`] as const,
      ['ndjson.gz', gzipSync(text)] as const,
    ][file % 4] ?? ['ndjson', text];
    await writeFile(join(part, `${String(file).padStart(3, '0')}.${ending}`), content);
  }
  await rename(part, folder);
  return folder;
}
