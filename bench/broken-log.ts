import { existsSync } from 'node:fs';
import { open, rename, stat } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { BenchLog } from './logs';

/** One line in so many is broken. */
const EVERY = 100;
const BATCH = 1 << 20;

/** Ways in which a line of JSON is broken: cut anywhere, no JSON, not an object, not UTF-8, no time, values left empty. */
const JSON_BREAKS: readonly ((line: string, n: number) => string | Buffer)[] = [
  (line, n) => line.slice(0, 1 + ((n * 7919) % (line.length - 1))),
  (line) => `Nov 24 10:00:00 collector restarted: ${line.slice(2, 60)}`,
  (line) => `[${line}]`,
  (line) => Buffer.concat([Buffer.from(line.slice(0, -2)), Buffer.of(0xff, 0xfe), Buffer.from('"}')]),
  (line) => line.replace('{', '{{'),
  (line) => line.replaceAll('"', "'"),
];

/** Ways in which a line of CSV is broken: cut, cells too many, a quote that never closes, a stray one, not UTF-8. */
const CSV_BREAKS: readonly ((line: string, n: number) => string | Buffer)[] = [
  (line, n) => line.slice(0, 1 + ((n * 7919) % (line.length >> 1))),
  (line) => `${line},1,2,3`,
  (line) => line.replace(',', ',"'),
  (line) => line.replace(/,([^,"]+),/, ',"$1"x,'),
  (line) => Buffer.concat([Buffer.from(line), Buffer.of(0xff)]),
  () => 'Nov 24 10:00:00 collector restarted',
];

/** The log again with every hundredth line broken, the kinds in turn; made once and kept beside it. */
export async function brokenLog({ path, records }: BenchLog): Promise<BenchLog> {
  const broken = path.replace(/\.(?=\w+$)/, '-broken.');
  if (!existsSync(broken)) {
    console.log(`making ${broken}`);
    await breakLines(path, `${broken}.part`, path.endsWith('.csv') ? CSV_BREAKS : JSON_BREAKS);
    await rename(`${broken}.part`, broken);
  }
  return { path: broken, bytes: (await stat(broken)).size, records };
}

async function breakLines(from: string, to: string, breaks: typeof JSON_BREAKS): Promise<void> {
  const out = await open(to, 'w');
  try {
    let batch: Buffer[] = [];
    let bytes = 0;
    let number = 0;
    for await (const line of createInterface({ input: createReadStream(from), crlfDelay: Infinity })) {
      number += 1;
      const kind = number % EVERY === 0 ? breaks[(number / EVERY) % breaks.length] : undefined;
      const made = kind ? kind(line, number) : line;
      batch.push(typeof made === 'string' ? Buffer.from(`${made}\n`) : Buffer.concat([made, Buffer.from('\n')]));
      bytes += batch.at(-1)?.length ?? 0;
      if (bytes < BATCH) continue;
      await out.write(Buffer.concat(batch));
      batch = [];
      bytes = 0;
    }
    await out.write(Buffer.concat(batch));
  } finally {
    await out.close();
  }
}
