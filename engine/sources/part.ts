import { dirname } from 'node:path';
import type { LeftOutReason } from '../../shared/sources';
import { CopyWriter } from '../ingest/copy-writer';
import type { Allowance } from './allowance';

/** The private file that one entry of an archive is unpacked into; its name never has to do with that of the entry. */
export class Part {
  readonly path: string;
  readonly #writer: CopyWriter;
  readonly #allowance: Allowance;
  readonly #folder: string;

  constructor(path: string, allowance: Allowance) {
    this.path = path;
    this.#folder = dirname(path);
    this.#allowance = allowance;
    this.#writer = new CopyWriter(path);
  }

  get bytes(): number {
    return this.#writer.bytes;
  }

  write(bytes: Uint8Array): void {
    this.#allowance.unpacked(bytes.length);
    this.#allowance.written(bytes.length, this.#folder);
    this.#writer.write(bytes);
  }

  close(): void {
    try {
      this.#writer.finish();
    } finally {
      this.#writer.close();
    }
  }
}

/** What the reader of an archive does with its entries. */
export interface Entries {
  /** How many there have been. */
  count: number;
  /** A file to unpack the entry into, and after it what is wrong with it; undefined when there are too many. */
  open(name: string): Part | undefined;
  done(name: string, part: Part, damage: string | undefined): void;
  leaveOut(name: string, reason: LeftOutReason): void;
}

/** Calls back with how many bytes of the archive have been read; throws when that has to end. */
export type Reading = (bytes: number) => void;
