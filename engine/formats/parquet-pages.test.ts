import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { Database } from '../db';
import { MadeFiles } from '../ingest/made-log';
import { pageHeader, pagesAreWhole } from './parquet-pages';

const files = new MadeFiles();
afterAll(() => files.remove());
const go = (): void => undefined;

function varint(value: bigint): number[] {
  return value < 128n ? [Number(value)] : [Number(value % 128n) + 128, ...varint(value / 128n)];
}
const i32 = (value: number): number[] => varint(BigInt(value < 0 ? -2 * value - 1 : 2 * value));

/** A data page whose header has a checksum, a struct with statistics and a list behind it. */
function page(content: string, crc = crc32(content) | 0): Buffer {
  const statistics = [0x5c, 0x18, 2, 0x61, 0x62, 0x19, 0x28, 1, 0x61, 1, 0x62, 0x11, 0x00];
  const header = [0x15, ...i32(0), 0x15, ...i32(99), 0x15, ...i32(content.length), 0x15, ...i32(crc)];
  return Buffer.concat([
    Buffer.from([...header, 0x1c, 0x15, ...i32(3), 0x15, 0, ...statistics, 0x00, 0x00]),
    Buffer.from(content),
  ]);
}

test('a page is compared with its checksum, and every page of a chunk is found', async () => {
  const [one, two] = [page('first page'), page('the second')];
  expect(pageHeader(one)).toEqual({ bytes: one.length - 10, size: 10, crc: crc32('first page') });
  const path = files.write('chunk', Buffer.concat([Buffer.from('PAR1'), one, two]));
  const chunk = { start: 4, length: one.length + two.length };
  expect(await pagesAreWhole(path, [chunk], go)).toBe(true);
  const bytes = readFileSync(path);
  bytes[bytes.length - 1]! ^= 1;
  expect(await pagesAreWhole(files.write('changed', bytes), [chunk], go)).toBe(false);
  expect(await pagesAreWhole(files.write('cut', bytes.subarray(0, -5)), [chunk], go)).toBe(false);
});

test('what is no page header is none, however it is broken', () => {
  const whole = page('x');
  for (let at = 0; at < whole.length - 1; at++) {
    expect(pageHeader(whole.subarray(0, at))).toBeUndefined();
    for (const byte of [0, 0x0c, 0x19, 0xff]) {
      const changed = Buffer.from(whole);
      changed[at] = byte;
      expect(() => pageHeader(changed)).not.toThrow();
    }
  }
  expect(pageHeader(Buffer.alloc(100, 0x1c))).toBeUndefined();
});

test('a Parquet file with a checksum in it is refused when a byte of the page is changed', async () => {
  const path = `${files.folder}/plain.parquet`;
  const made = await Database.open({ readable: [path], spillFolder: `${files.folder}/s`, memoryLimit: '256MB' });
  const message = `'{"LogTimestamp":"Mon Mar  2 08:15:0' || i || ' 2026","ConnectionStatus":"open","Username":"u","ClientPublicIP":"198.51.100.9"}'`;
  await made.use(undefined, (connection) =>
    connection.run(
      `copy (select ${message} as "Message" from range(3) t(i)) to $path
       (format parquet, compression uncompressed, parquet_version v1, dictionary_size_limit 1, use_tmp_file false)`,
      { path },
    ),
  );
  made.close();
  const plain = readFileSync(path);
  const header = pageHeader(plain.subarray(4));
  if (!header) throw new Error('DuckDB writes another header than expected');
  const content = plain.subarray(4 + header.bytes, 4 + header.bytes + header.size);
  // the checksum is the fourth field, behind the three of type i32 that begin the header
  const after =
    4 +
    [...plain.subarray(4, 4 + header.bytes)].findIndex(
      (_, at, all) => at > 0 && all[at] !== 0x15 && isFieldAt(all, at),
    );
  const crc = Buffer.from([0x15, ...i32(crc32(content) | 0)]);
  const rest = Buffer.from(plain.subarray(after));
  rest[0]! -= 0x10; // one field less than the one before
  const checked = Buffer.concat([plain.subarray(0, after), crc, rest]);
  expect(pageHeader(checked.subarray(4))?.crc).toBe(crc32(content));
  expect((await files.open([files.write('checked.parquet', checked)])).summary).toMatchObject({ events: 3 });
  checked[checked.indexOf('198.51.100.9')] = 0x32;
  await expect(files.open([files.write('changed.parquet', checked)])).rejects.toMatchObject({
    code: 'damaged-archive',
    message: expect.stringContaining('checksum'),
  });
});

/** True at the fourth field of a page header. */
function isFieldAt(header: readonly number[], at: number): boolean {
  let [place, fields] = [0, 0];
  while (place < at) {
    fields += 1;
    place += 1;
    while ((header[place] ?? 0) >= 128) place += 1;
    place += 1;
  }
  return place === at && fields === 3;
}
