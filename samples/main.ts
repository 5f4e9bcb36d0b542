/** `npm run sample`: writes the sample day, or with options a log of any size for measuring. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { messageOf } from '../shared/errors';
import { SAMPLE_SEED, sampleDay } from './day';
import { bulkLog, hotLog } from './generate';
import { lssJson } from './lss-json';
import { zpaEventCsv } from './zpa-event-csv';

const SHAPES = { ndjson: lssJson, csv: zpaEventCsv };

const USAGE = `Usage: npm run sample                    writes samples/day.ndjson, the sample day
       npm run sample -- --records N --users N --out PATH [--seed N] [--shape ndjson|csv]
                         [--hot-sessions N]  N sessions one after another, session i being user i modulo --users`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      records: { type: 'string' },
      users: { type: 'string' },
      out: { type: 'string' },
      seed: { type: 'string' },
      shape: { type: 'string' },
      'hot-sessions': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(USAGE);
  const seed = whole('seed', values.seed) ?? SAMPLE_SEED;
  const records = whole('records', values.records);
  if (records === undefined) {
    for (const option of ['users', 'shape', 'hot-sessions'] as const) {
      if (values[option] !== undefined) throw new Error(`--${option} goes with --records.\n${USAGE}`);
    }
    const out = values.out ?? 'samples/day.ndjson';
    await write(out, [sampleDay(seed)]);
    return console.log(`${out}: one day of Alder Ltd`);
  }
  const { out, shape: shapeName = 'ndjson' } = values;
  const users = whole('users', values.users);
  if (!isShapeName(shapeName)) throw new Error(`--shape takes ${Object.keys(SHAPES).join(' or ')}.\n${USAGE}`);
  if (!out || !users) throw new Error(`--records needs --users and --out.\n${USAGE}`);
  const options = { records, users, seed, shape: SHAPES[shapeName] };
  const sessions = whole('hot-sessions', values['hot-sessions']);
  await write(out, sessions ? hotLog({ ...options, sessions }) : bulkLog(options));
  return console.log(`${out}: ${records} records of ${users} users`);
}

const isShapeName = (name: string): name is keyof typeof SHAPES => Object.hasOwn(SHAPES, name);

function whole(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) throw new Error(`--${name} needs a whole number.\n${USAGE}`);
  return value;
}

async function write(path: string, pieces: Iterable<string>): Promise<void> {
  await pipeline(Readable.from(pieces), createWriteStream(path));
}

main().catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});
