import type { FileHandle } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import tar from 'tar-stream';
import { isSystemFile } from '../../shared/sources';
import { unpackerOf } from '../ingest/unpack';
import type { Container } from '../ingest/unpack';
import type { Entries, Part, Reading } from './part';

const BLOCK = 512;
const PIECE = 64 * 1024;
const CHECKSUM_AT = 148;
const CHECKSUM_BYTES = 8;

/** True for the first block of a tar archive: its checksum says so, whatever the file is called. */
export function isTar(head: Uint8Array): boolean {
  if (head.length < BLOCK || head[0] === 0) return false;
  const stored = Buffer.from(head.subarray(CHECKSUM_AT, CHECKSUM_AT + CHECKSUM_BYTES)).toString('latin1');
  if (!/^ *[0-7]{1,7}[\0 ]+$/u.test(stored)) return false;
  let sum = 0;
  for (let at = 0; at < BLOCK; at++) {
    sum += at >= CHECKSUM_AT && at < CHECKSUM_AT + CHECKSUM_BYTES ? 32 : (head[at] ?? 0);
  }
  return sum === Number.parseInt(stored.trim(), 8);
}

/** Unpacks a tar archive, which may be packed itself. Returns what is wrong with it; what lies before the damage is kept. */
export async function readTar(
  file: FileHandle,
  container: Container,
  entries: Entries,
  reading: Reading,
): Promise<string | undefined> {
  const unpacker = await unpackerOf(container, file);
  const walk = new TarWalk(entries);
  const buffer = Buffer.allocUnsafe(PIECE);
  try {
    for (let at = 0; ;) {
      const { bytesRead } = await file.read(buffer, 0, PIECE, at);
      at += bytesRead;
      reading(at);
      for await (const piece of bytesRead === 0
        ? await unpacker.finish()
        : unpacker.push(buffer.subarray(0, bytesRead))) {
        await walk.push(piece);
      }
      if (bytesRead === 0 || walk.failure !== undefined) break;
    }
    await walk.finish();
  } finally {
    walk.close();
  }
  if (walk.failure !== undefined) throw walk.failure;
  return unpacker.damage ?? walk.damage;
}

class TarWalk {
  readonly #extract = tar.extract();
  readonly #entries: Entries;
  #part: { name: string; part: Part } | undefined;
  #endsInZeros = false;
  #isAtEnd = false;
  #endsBadly: string | undefined;
  /** What ends the reading: no room, or too much unpacked. */
  failure: Error | undefined;

  constructor(entries: Entries) {
    this.#entries = entries;
    this.#extract.on('error', () => {
      this.#endsBadly ??= this.#isAtEnd ? 'the tar archive ends too early' : 'the tar archive is damaged';
    });
    this.#extract.on('entry', (header, stream, next) => {
      stream.on('error', () => undefined); // told by the archive as a whole
      const { name } = header;
      const part = this.#openPart(header);
      // written at once, in this callback: nothing is waiting in the stream when the archive turns out to be cut
      stream.on('data', (bytes) => this.#guard(() => bytes instanceof Uint8Array && part?.write(bytes)));
      stream.on('end', () => {
        this.#close(undefined, name);
        next();
      });
    });
  }

  get damage(): string | undefined {
    return this.#endsBadly ?? (this.#endsInZeros ? undefined : 'the tar archive ends too early');
  }

  async push(piece: Uint8Array): Promise<void> {
    if (piece.length === 0 || this.#endsBadly !== undefined) return;
    const tail = piece.subarray(Math.max(0, piece.length - BLOCK));
    this.#endsInZeros = tail.every((byte) => byte === 0);
    const bytes = Buffer.from(piece); // kept by the stream for a while
    if (!this.#extract.write(bytes)) await this.#either('drain', 'close');
    await setImmediate();
  }

  async finish(): Promise<void> {
    await setImmediate();
    if (this.#endsBadly !== undefined || this.failure !== undefined) return;
    this.#isAtEnd = true;
    const over = this.#either('finish', 'close');
    this.#extract.end(undefined);
    await over;
  }

  async #either(one: 'drain' | 'finish', other: 'close'): Promise<void> {
    const extract = this.#extract;
    await new Promise<void>((resolve) => {
      const settle = (): void => {
        extract.off(one, settle);
        extract.off(other, settle);
        resolve();
      };
      extract.on(one, settle);
      extract.on(other, settle);
    });
  }

  close(): void {
    this.#close(this.#endsBadly ?? 'the tar archive ends too early', undefined);
    this.#extract.destroy();
  }

  #openPart({ name, type, size }: tar.Header): Part | undefined {
    this.#entries.count += 1;
    const reason = leftOutReason(name, type, size);
    if (reason !== undefined) {
      this.#entries.leaveOut(name, reason);
      return undefined;
    }
    const part = this.#guard(() => this.#entries.open(name));
    if (part) this.#part = { name, part };
    return part;
  }

  #close(damage: string | undefined, name: string | undefined): void {
    const open = this.#part;
    if (!open || (name !== undefined && name !== open.name)) return;
    this.#part = undefined;
    this.#guard(() => open.part.close());
    this.#entries.done(open.name, open.part, damage);
  }

  #guard<T>(work: () => T): T | undefined {
    if (this.failure !== undefined) return undefined;
    try {
      return work();
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(String(error));
      return undefined;
    }
  }
}

function leftOutReason(name: string, type: tar.Header['type'], size: number | undefined) {
  if (type === 'directory') return 'folder';
  if (type === 'symlink' || type === 'link') return 'link';
  if (type !== undefined && type !== null && type !== 'file' && type !== 'contiguous-file') return 'not-a-file';
  if (isSystemFile(name)) return 'system-file';
  return size === 0 ? 'empty' : undefined;
}
