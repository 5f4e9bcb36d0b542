/** Promise 9: a damaged archive is never taken for a whole one. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import tar from 'tar-stream';
import { afterAll, describe, expect, test } from 'vitest';
import { activity, jsonLines, MadeFiles } from '../../engine/ingest/made-log';
import { prepareInput } from '../../engine/ingest/prepare';
import { sniff } from '../../engine/ingest/sniff';
import { expand } from '../../engine/sources/expand';
import { DoppelError } from '../../shared/errors';
import { madeZip } from '../../engine/sources/made-zip';
import { PACKS } from '../fuzz/pack';
import { unaccounted } from './log';
import { ZSTD } from './zstd-sample';

const files = new MadeFiles();
afterAll(() => files.remove());

const PLAIN = { encoding: { charset: 'utf-8', markBytes: 0, bareReturns: false }, cut: { by: 'line' } } as const;
const RECORDS = 120;
const record = (index: number): unknown =>
  activity(index, { Other: createHash('sha256').update(`${index}`).digest('hex') });
const text = jsonLines(Array.from({ length: RECORDS }, (_, index) => record(index)));
const half = jsonLines(Array.from({ length: RECORDS / 2 }, (_, index) => record(index)));

async function tarOf(entries: readonly string[]): Promise<Buffer> {
  const pack = tar.pack();
  for (const [index, content] of entries.entries()) pack.entry({ name: `${index}.ndjson` }, content);
  pack.finalize();
  const pieces: Uint8Array[] = [];
  for await (const piece of pack as AsyncIterable<Uint8Array>) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** About so many places, evenly spread from the first byte that does not tell what the file is to the last. */
function places(packed: Buffer, about: number, from: number): number[] {
  const step = Math.max(1, Math.floor((packed.length - from) / about));
  return Array.from({ length: Math.ceil((packed.length - from) / step) }, (_, index) => from + index * step);
}

interface Outcome {
  /** Records that came out. */
  records: number;
  isTold: boolean;
}

let count = 0;

/** What unpacking and the pass over the bytes make of an archive: all of reading but the load into the database. */
async function unpacked(bytes: Buffer): Promise<Outcome> {
  const path = files.write(`archive-${count++}`, bytes);
  const folder = `${path}-parts`;
  mkdirSync(folder);
  const nothing = { folder, limits: undefined, signal: undefined, progress: () => undefined };
  try {
    const { sources, archives, leftOut } = await expand([{ path, name: 'archive' }], nothing);
    const isTold = archives.some(({ incomplete }) => incomplete !== undefined) || leftOut.total > 0;
    const outcome = { records: 0, isTold };
    for (const source of sources) {
      const { container } = await sniff(source, true);
      const job = { path: source.path, name: 'archive', container, ...PLAIN, allowance: source.allowance.state };
      const prepared = await prepareInput(job, { progress: () => undefined, goesOn: () => true });
      outcome.records += prepared?.rows ?? 0;
      if (prepared?.damage !== undefined || source.damage !== undefined) outcome.isTold = true;
    }
    return outcome;
  } catch (error) {
    if (!(error instanceof DoppelError)) throw error;
    return { records: 0, isTold: true };
  } finally {
    rmSync(folder, { recursive: true });
    rmSync(path);
  }
}

async function unpackAll(all: readonly Buffer[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const bytes of all) outcomes.push(await unpacked(bytes));
  return outcomes;
}

function flipped(packed: Buffer, at: number): Buffer {
  const changed = Buffer.from(packed);
  changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
  return changed;
}

const CUTS: [string, number, () => Buffer | Promise<Buffer>][] = [
  ['gzip', 100, () => gzipSync(text)],
  ['gzip of two members', 50, () => Buffer.concat([gzipSync(half), gzipSync(half)])],
  ['zstd with a checksum', 100, () => ZSTD],
  ['zip', 40, () => madeZip([1, 2].map((n) => ({ name: `${n}.ndjson`, content: half }))).bytes],
  [
    'zip with sizes that follow',
    20,
    () => madeZip([1, 2].map((n) => ({ name: `${n}`, content: half, sizesFollow: true }))).bytes,
  ],
  ['tar.gz', 40, async () => gzipSync(await tarOf([half, half]))],
];

describe.each(CUTS)('promise 9: %s', (_, about, make) => {
  test('cut at any place it is called incomplete', async () => {
    const packed = await make();
    const cuts = places(packed, about, 8);
    const outcomes = await unpackAll(cuts.map((at) => packed.subarray(0, at)));
    expect(cuts.filter((_at, index) => !outcomes[index]?.isTold)).toEqual([]);
    // a zstd block is there as a whole or not at all, and that archive has but one
    const most = Math.max(...outcomes.map(({ records }) => records));
    expect(packed === ZSTD || most > 0).toBe(true);
  });

  test('with any bit changed it is whole all the same, or called incomplete', async () => {
    const packed = await make();
    const changes = places(packed, about, 4);
    const outcomes = await unpackAll(changes.map((at) => flipped(packed, at)));
    const silent = outcomes.filter(({ records, isTold }) => !isTold && records !== RECORDS);
    expect(silent).toEqual([]);
    expect(outcomes.filter(({ isTold }) => isTold).length).toBeGreaterThan(changes.length / 2);
  });
});

test('promise 9: the blocks of a frame without a checksum are counted', async () => {
  const packed = PACKS.zstd(Buffer.from(text));
  const outcomes = await unpackAll(places(packed, 50, 8).map((at) => packed.subarray(0, at)));
  expect(outcomes.filter(({ isTold }) => !isTold)).toEqual([]);
});

test('promise 9: opened as one folder, each damaged archive is said to be so, and no whole one is', async () => {
  const folder = join(files.folder, 'folder');
  mkdirSync(folder);
  const whole = new Set<string>();
  const put = (name: string, bytes: Buffer): void => writeFileSync(join(folder, name), bytes);
  for (const [index, [, , make]] of CUTS.entries()) {
    const packed = await make();
    whole.add(`whole-${index}`);
    put(`whole-${index}`, packed);
    put(`cut-${index}`, packed.subarray(0, Math.floor(packed.length * 0.7)));
    put(`flip-${index}`, flipped(packed, Math.floor(packed.length * 0.4)));
  }
  const wrong = gzipSync(text);
  put('checksum', flipped(wrong, wrong.length - 8));
  put('more-behind', Buffer.concat([wrong, Buffer.from('more')]));
  put('whole-padded', Buffer.concat([gzipSync(text), Buffer.alloc(1024)]));
  whole.add('whole-padded');

  const { summary } = await files.open([folder]);
  const { inputs, archives = [], leftOut } = summary;
  for (const input of inputs) expect(unaccounted(input)).toBe(0);
  const eventsOf = new Map<string, number>();
  const told = new Set<string>();
  const fileOf = (name: string): string => name.split('/')[1]?.split(' › ')[0] ?? '';
  for (const { name, events, incomplete } of inputs) {
    eventsOf.set(fileOf(name), (eventsOf.get(fileOf(name)) ?? 0) + events);
    if (incomplete !== undefined) told.add(fileOf(name));
  }
  for (const { name, incomplete } of archives) if (incomplete !== undefined) told.add(fileOf(name));
  for (const { name } of leftOut?.rows ?? []) told.add(fileOf(name));
  const damaged = readdirSync(folder).filter((name) => !whole.has(name));
  expect([...told].toSorted()).toEqual(damaged.toSorted());
  for (const name of whole) expect(eventsOf.get(name)).toBe(RECORDS);
  expect(eventsOf.get('checksum')).toBe(RECORDS);
  expect(eventsOf.get('more-behind')).toBe(RECORDS);
});
