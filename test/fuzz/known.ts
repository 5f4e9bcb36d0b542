import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLog } from '../../engine/ingest/open-log';
import { sniff } from '../../engine/ingest/sniff';
import { Allowance } from '../../engine/sources/allowance';
import type { Known } from './accounts';
import type { Sample } from './inputs';

const IS_PACKED = /\.(?:zip|gz|zst|parquet|doppel)$/u;
const UTF_16 = 0xff;

/** How the golden logs that are plain and hold a record a line are read, by name. `folder`: a private one. */
export async function knownSamples(samples: readonly Sample[], folder: string): Promise<Map<string, Known>> {
  mkdirSync(folder, { recursive: true });
  const plain = samples
    .filter(({ name, bytes, choices }) => !choices.mapping && !IS_PACKED.test(name) && bytes[0] !== UTF_16)
    .map((sample, index) => ({ ...sample, path: join(folder, `sample-${index}`) }));
  const byLine: typeof plain = [];
  for (const sample of plain) {
    const { name, path, bytes } = sample;
    writeFileSync(path, bytes);
    const allowance = Allowance.of(name, bytes.length);
    const { format } = await sniff({ ...sample, shownPath: path, isFound: false, allowance }, false);
    if (format.cut.by === 'line') byLine.push(sample);
  }
  const log = await openLog(byLine, { tempFolder: folder });
  try {
    const rows = await log.database.use(undefined, (connection) => connection.rows('select file, ordinal from event'));
    const known = byLine.map(({ name, bytes }, file): [string, Known] => {
      const lines = bytes.toString('latin1').split('\n');
      const own = rows.filter(([of]) => of === file).map(([, ordinal]) => log.lineOf(file, Number(ordinal)));
      const events = new Set(own.map((line) => lines[line - 1] ?? ''));
      return [name, { format: log.summary.inputs[file]?.format ?? '', events }];
    });
    return new Map(known);
  } finally {
    await log.close();
  }
}
