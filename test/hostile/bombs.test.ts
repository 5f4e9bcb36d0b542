/** Promise 14: what an archive unpacks to has a limit on its ratio and on the disk, both stated and adjustable. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { MadeFiles } from '../../engine/ingest/made-log';
import { madeZip } from '../../engine/sources/made-zip';
import { DEFAULT_LIMITS } from '../../shared/sources';
import { detectIn, MOST_MB } from './command';
import { linesAround } from './log';

const files = new MadeFiles();
afterAll(() => files.remove());

const MIB = 2 ** 20;
const GOOD = linesAround('');
const MEMBERS = 66;

/** Just over a GiB of zeros behind twelve good lines. */
const zeros = gzipSync(Buffer.alloc(16 * MIB));
const GZIP = Buffer.concat([gzipSync(GOOD), ...Array.from({ length: MEMBERS }, () => zeros)]);

/** A frame of one raw block, then one of run-length blocks: 4 bytes for 128 KiB each (RFC 8878, 3.1.1.2). */
function zstdOf(head: Buffer, runs: number): Buffer {
  const frame = (blocks: Buffer[]): Buffer[] => [Buffer.from('28b52ffd0038', 'hex'), ...blocks];
  const block = (size: number, type: number, isLast: boolean, content: Buffer): Buffer => {
    const header = Buffer.alloc(3);
    header.writeUIntLE(size * 8 + type * 2 + (isLast ? 1 : 0), 0, 3);
    return Buffer.concat([header, content]);
  };
  const run = block(128 * 1024, 1, false, Buffer.of(120));
  const last = block(1, 0, true, Buffer.from('\n'));
  return Buffer.concat([
    ...frame([block(head.length, 0, true, head)]),
    ...frame([...Array.from({ length: runs }, () => run), last]),
  ]);
}

describe('promise 14: the ratio', { timeout: 120_000 }, () => {
  test.each<[string, () => Buffer]>([
    ['bomb.gz', () => GZIP],
    ['bomb.zst', () => zstdOf(GOOD, MEMBERS * 128)],
  ])('%s is refused with the numbers and the remedy, and read when that is allowed', (name, make) => {
    const path = files.write(name, make());
    const refused = detectIn(files.folder, path);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(
      new RegExp(
        `^doppel: .*${name} \\(.*\\) unpacks to more than 200 times its size and more than 1\\.0 GiB.*--max-expansion.*\\n$`,
      ),
    );
    expect(refused.peakMb).toBeLessThan(MOST_MB);
    const allowed = detectIn(files.folder, path, '--max-expansion', '100000');
    expect(allowed.inputs).toMatchObject([{ events: 6, rejected: 1 }]);
    expect(allowed.peakMb).toBeLessThan(MOST_MB);
  });

  test('of a zip it is that of all entries together', async () => {
    const content = Buffer.alloc(36 * MIB, 'x\n');
    const { bytes } = madeZip([
      { name: 'good', content: GOOD },
      ...Array.from({ length: 30 }, (_, n) => ({ name: `${n}`, content })),
    ]);
    await expect(files.open([files.write('bomb.zip', bytes)])).rejects.toMatchObject({
      code: 'unpacks-too-far',
      message: expect.stringMatching(/bomb\.zip .* 200 times .* 1\.0 GiB/) as string,
    });
  });
});

test.each<[string, () => Buffer]>([
  ['disk.gz', () => gzipSync(Buffer.alloc(80 * MIB, GOOD))],
  ['disk.zst', () => zstdOf(Buffer.concat([GOOD]), 10 * 128)],
  ['disk.zip', () => madeZip([{ name: 'a', content: Buffer.alloc(80 * MIB, GOOD) }]).bytes],
])('promise 14: %s ends before the disk has less room than is to be kept free', async (name, make) => {
  const tempFolder = join(files.folder, 'temp-of-disk');
  const limits = { ...DEFAULT_LIMITS, maxExpansion: 100_000, keepFreeBytes: Number.MAX_SAFE_INTEGER };
  await expect(files.open([files.write(name, make())], { tempFolder, limits })).rejects.toMatchObject({
    code: 'disk-full',
    message: expect.stringMatching(new RegExp(`^${name} .*kept free.*--keep-free`)) as string,
  });
  expect(readdirSync(tempFolder)).toEqual([]);
});
