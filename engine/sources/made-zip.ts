/** For tests: zip archives as they should not be, which no packer writes. Format: PKWARE APPNOTE.TXT 4.3. */
import { crc32, deflateRawSync } from 'node:zlib';

interface MadeEntry {
  name: string;
  content: string | Uint8Array;
  /** Not compressed. */
  stored?: boolean;
  /** Sizes and checksum follow the content, as a packer that cannot seek writes them. */
  sizesFollow?: boolean;
  /** Says that it is encrypted; its content is not. */
  encrypted?: boolean;
}

const SIZES_FOLLOW = 8;

/** The archive, and where its directory begins: cut there, it is what a broken transfer leaves. */
export function madeZip(entries: readonly MadeEntry[]): { bytes: Buffer; directoryAt: number } {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  const add = (piece: Buffer): void => void (pieces.push(piece), (at += piece.length));
  for (const { name, content, stored = false, sizesFollow = false, encrypted = false } of entries) {
    const plain = Buffer.from(content);
    const packed = stored ? plain : deflateRawSync(plain);
    const label = Buffer.from(name);
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(crc32(plain), 0);
    sizes.writeUInt32LE(packed.length, 4);
    sizes.writeUInt32LE(plain.length, 8);
    // version, flags, method, time and date (0 and 33: 1 January 1980), then sizes and lengths of name and extra field
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE((sizesFollow ? SIZES_FOLLOW : 0) + (encrypted ? 1 : 0), 2);
    common.writeUInt16LE(stored ? 0 : 8, 4);
    common.writeUInt16LE(33, 8);
    common.writeUInt16LE(label.length, 22);
    const local = Buffer.from(common);
    sizes.copy(common, 10);
    if (!sizesFollow) sizes.copy(local, 10);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), common, tail, label);
    add(Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), local, label, packed]));
    if (sizesFollow) add(Buffer.concat([Buffer.from('PK\u0007\u0008', 'latin1'), sizes]));
  }
  const directoryAt = at;
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(directoryAt, 12);
  add(Buffer.concat([listed, Buffer.from('PK\u0005\u0006', 'latin1'), end]));
  return { bytes: Buffer.concat(pieces), directoryAt };
}
