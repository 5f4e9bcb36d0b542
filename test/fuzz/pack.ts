/** Logs as archives, small and without compression where that is simpler: it is the readers that are tested. */
import { gzipSync } from 'node:zlib';

export const PACKS = {
  plain: (bytes: Buffer): Buffer => bytes,
  gzip: (bytes: Buffer): Buffer => gzipSync(bytes, { level: 1 }),
  'gzip of two members': (bytes: Buffer): Buffer => {
    const half = bytes.length >> 1;
    return Buffer.concat([gzipSync(bytes.subarray(0, half)), gzipSync(bytes.subarray(half))]);
  },
  zstd,
  zip,
  tar,
  'tar, gzip': (bytes: Buffer): Buffer => gzipSync(tar(bytes), { level: 1 }),
  'gzip in zip': (bytes: Buffer): Buffer => zip(gzipSync(bytes, { level: 1 })),
};
export type Packing = keyof typeof PACKS;

const ZSTD_HEADER = Buffer.from('28b52ffd0038', 'hex');
const ZSTD_BLOCK = 100_000;

/** One frame of raw blocks (RFC 8878, 3.1.1). */
function zstd(bytes: Buffer): Buffer {
  const parts: Buffer[] = [ZSTD_HEADER];
  for (let start = 0; start === 0 || start < bytes.length; start += ZSTD_BLOCK) {
    const block = bytes.subarray(start, start + ZSTD_BLOCK);
    const isLast = start + ZSTD_BLOCK >= bytes.length;
    const header = Buffer.alloc(3);
    header.writeUIntLE(block.length * 8 + (isLast ? 1 : 0), 0, 3);
    parts.push(header, block);
  }
  return Buffer.concat(parts);
}

const NAME = Buffer.from('log.txt');

/** One deflated entry (APPNOTE 4.3); gzip holds the same stream and checksum. */
function zip(bytes: Buffer): Buffer {
  const packed = gzipSync(bytes);
  const body = packed.subarray(10, -8);
  const entry = Buffer.alloc(26);
  entry.writeUInt16LE(20, 0);
  entry.writeUInt16LE(8, 4);
  packed.copy(entry, 10, packed.length - 8, packed.length - 4);
  entry.writeUInt32LE(body.length, 14);
  entry.writeUInt32LE(bytes.length, 18);
  entry.writeUInt16LE(NAME.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), entry, NAME, body]);
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), entry, Buffer.alloc(14), NAME]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, central, Buffer.from('PK\x05\x06'), end]);
}

const TAR_BLOCK = 512;

/** One entry and the two empty blocks of the end (POSIX ustar). */
function tar(bytes: Buffer): Buffer {
  const header = Buffer.alloc(TAR_BLOCK);
  header.write('log.txt', 0);
  header.write('0000644\0', 100);
  header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        0', 148); // eight spaces while the sum is made, then the kind of entry: a file
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const rest = (TAR_BLOCK - (bytes.length % TAR_BLOCK)) % TAR_BLOCK;
  return Buffer.concat([header, bytes, Buffer.alloc(rest + 2 * TAR_BLOCK)]);
}
