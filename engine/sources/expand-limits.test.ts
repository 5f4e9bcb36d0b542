import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import tar from 'tar-stream';
import { activity, jsonLines, MadeFiles } from '../ingest/made-log';
import { DEFAULT_LIMITS } from '../../shared/sources';
import { Allowance } from './allowance';
import { expand } from './expand';
import type { ExpandOptions } from './expand';
import { madeZip } from './made-zip';

const files = new MadeFiles();
afterAll(() => files.remove());

const one = jsonLines(Array.from({ length: 40 }, (_, index) => activity(index)));
const expanding = async (path: string, options: Partial<ExpandOptions> = {}) => {
  const folder = mkdtempSync(join(files.folder, 'parts-'));
  const nothing = { folder, limits: undefined, signal: undefined, progress: () => undefined };
  return expand([{ path, name: 'a.zip' }], { ...nothing, ...options });
};

async function tarOf(entries: Iterable<readonly [string, string]>): Promise<Buffer> {
  const pack = tar.pack();
  for (const [name, content] of entries) pack.entry({ name }, content);
  pack.finalize();
  const pieces: Uint8Array[] = [];
  for await (const piece of pack as AsyncIterable<Uint8Array>) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Without compression: one frame of raw blocks, RFC 8878 section 3.1.1. */
function zstdOf(content: Buffer): Buffer {
  const head = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0]);
  head.writeUInt32LE(content.length, 5);
  const pieces: Buffer[] = [head];
  for (let at = 0; at < content.length; at += 65_536) {
    const block = content.subarray(at, at + 65_536);
    const blockHead = Buffer.alloc(3);
    blockHead.writeUIntLE(block.length * 8 + (at + block.length === content.length ? 1 : 0), 0, 3);
    pieces.push(blockHead, block);
  }
  return Buffer.concat(pieces);
}

test('a .tar.zst is read as a .tar.gz is', async () => {
  const packed = zstdOf(await tarOf([['a.ndjson', one]]));
  const { summary } = await files.open([files.write('a.tar.zst', packed)]);
  expect(summary).toMatchObject({ events: 40, inputs: [{ name: 'a.tar.zst › a.ndjson' }] });
  expect(summary.archives).toMatchObject([{ format: 'tar, zstd', entries: 1 }]);
});

test('encrypted entries are told, entries of one name are told apart', async () => {
  const { bytes } = madeZip([
    { name: 'a.ndjson', content: one },
    { name: 'secret.ndjson', content: one, encrypted: true },
    { name: 'a.ndjson', content: one, stored: true },
    { name: 'b.ndjson', content: one, sizesFollow: true },
  ]);
  const { summary } = await files.open([files.write('mixed.zip', bytes)]);
  expect(summary.inputs.map(({ name }) => name)).toEqual([
    'mixed.zip › a.ndjson',
    'mixed.zip › a.ndjson (2)',
    'mixed.zip › b.ndjson',
  ]);
  expect(summary.leftOut?.rows).toEqual([{ name: 'mixed.zip › secret.ndjson', reason: 'encrypted' }]);
  expect(summary.archives?.[0]?.incomplete).toBeUndefined();
});

test('without its directory a zip archive gives every entry whose end can be known, checked', async () => {
  const { bytes, directoryAt } = madeZip([
    { name: 'stored.ndjson', content: one, stored: true },
    { name: 'follows.ndjson', content: one, sizesFollow: true },
    { name: 'packed.ndjson', content: one },
    { name: 'last.ndjson', content: one, stored: true, sizesFollow: true },
  ]);
  const open = async (content: Buffer) => (await files.open([files.write('cut.zip', content)])).summary;
  const cut = await open(bytes.subarray(0, directoryAt));
  expect(cut.inputs.map(({ events }) => events)).toEqual([40, 40, 40]);
  expect(cut.leftOut?.rows).toEqual([{ name: 'cut.zip › last.ndjson', reason: 'no-length' }]);
  expect(cut.archives?.[0]?.incomplete).toMatch(/directory is missing/);
  const changed = Buffer.from(bytes.subarray(0, directoryAt));
  changed.write('user9', changed.indexOf('user1'));
  expect((await open(changed)).inputs[0]?.incomplete).toMatch(/checksum/);
  // cut within the first entry: the lines before the cut are there
  const short = await open(bytes.subarray(0, Math.floor(one.length / 2)));
  expect(short.inputs).toMatchObject([{ name: 'cut.zip › stored.ndjson', incomplete: /too early/ }]);
  expect(short.events).toBeGreaterThanOrEqual(18);
});

test('three archives deep is read, four is left out', async () => {
  let inner: Uint8Array | string = one;
  for (const name of ['log.ndjson', '3.zip', '2.zip']) inner = madeZip([{ name, content: inner }]).bytes;
  expect((await files.open([files.write('three.zip', inner)])).summary.events).toBe(40);
  const four = await expanding(files.write('four.zip', madeZip([{ name: '1.zip', content: inner }]).bytes));
  expect(four.sources).toEqual([]);
  expect(four.leftOut.rows).toEqual([{ name: 'a.zip › 1.zip › 2.zip › 3.zip', reason: 'too-deep' }]);
});

test('of an archive with more than 10,000 entries the rest is counted and left out', async () => {
  const names = Array.from({ length: 10_002 }, (_, index) => [`${index}`, 'x'] as const);
  const { sources, leftOut, archives } = await expanding(files.write('many.tar', await tarOf(names)));
  expect(sources).toHaveLength(10_000);
  expect(archives).toMatchObject([{ entries: 10_002 }]);
  expect(leftOut.rows.map(({ reason }) => reason)).toEqual(['too-many', 'too-many']);
});

test('what archives in archives unpack to is counted together, and ends it all', async () => {
  const inner = madeZip([{ name: 'zeros', content: Buffer.alloc(60_000) }]).bytes;
  const bomb = files.write('bomb.zip', madeZip([1, 2, 3].map((n) => ({ name: `${n}.zip`, content: inner }))).bytes);
  const limits = { ...DEFAULT_LIMITS, maxExpansion: 10 };
  await expect(expanding(bomb, { limits, freeBytes: 150_000 })).rejects.toMatchObject({
    code: 'unpacks-too-far',
    message: expect.stringMatching(/a\.zip .* 10 times .* --max-expansion/),
  });
  expect((await expanding(bomb, { limits, freeBytes: 200_000 })).sources).toHaveLength(3);
});

test('unpacking ends before the disk is full, and leaves the log that is open alone', async () => {
  const allowance = Allowance.of('a.zip', 1, { maxExpansion: 200, keepFreeBytes: Number.MAX_SAFE_INTEGER });
  allowance.written(1000, files.folder); // the disk is asked only now and then
  expect(() => allowance.written(64 * 2 ** 20, files.folder)).toThrow(
    expect.objectContaining({ code: 'disk-full', message: expect.stringContaining('--keep-free') }),
  );
  const log = await files.open([files.write('good.ndjson', one)]);
  const limits = { maxExpansion: 100_000, keepFreeBytes: Number.MAX_SAFE_INTEGER };
  const large = files.write('large.zip', madeZip([{ name: 'a', content: Buffer.alloc(65 * 2 ** 20, 'x') }]).bytes);
  await expect(files.open([large], { limits })).rejects.toMatchObject({ code: 'disk-full' });
  expect((await log.rejected({ offset: 0, limit: 1 })).total).toBe(0);
});
