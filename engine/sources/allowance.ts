import { statfsSync } from 'node:fs';
import { DoppelError } from '../../shared/errors';
import { DEFAULT_LIMITS } from '../../shared/sources';
import type { Limits } from '../../shared/sources';

/** What an archive may unpack to whatever its size. */
const FREE_BYTES = 1024 ** 3;
const LOOK_EVERY_BYTES = 64 * 2 ** 20;

/** What a thread needs to go on counting: see Allowance. */
export interface AllowanceState {
  name: string;
  packedBytes: number;
  unpackedBytes: number;
  limits: Limits;
  freeBytes: number;
}

/**
 * Counts what one file of the user is unpacked to, entries in entries included, and ends it when no log unpacks to so
 * much or the disk gets full.
 */
export class Allowance {
  readonly state: AllowanceState;
  #unlooked = 0;

  constructor(state: AllowanceState) {
    this.state = state;
  }

  /** For a file of the user. */
  static of(name: string, packedBytes: number, limits: Limits = DEFAULT_LIMITS, freeBytes = FREE_BYTES): Allowance {
    return new Allowance({ name, packedBytes, unpackedBytes: 0, limits, freeBytes });
  }

  /** So many bytes more have come out. Throws `unpacks-too-far` when that is too much. */
  unpacked(bytes: number): void {
    const { state } = this;
    state.unpackedBytes += bytes;
    const { name, packedBytes, unpackedBytes, freeBytes, limits } = state;
    if (unpackedBytes <= freeBytes || unpackedBytes <= packedBytes * limits.maxExpansion) return;
    throw new DoppelError(
      'unpacks-too-far',
      `${name} (${size(packedBytes)}) unpacks to more than ${limits.maxExpansion} times its size and more than ` +
        `${size(freeBytes)}, which no log does. If you trust it, set --max-expansion higher or unpack it yourself.`,
    );
  }

  /** So many bytes more are about to be written into a folder. Throws `disk-full` before the disk is. */
  written(bytes: number, folder: string): void {
    this.#unlooked += bytes;
    if (this.#unlooked < LOOK_EVERY_BYTES) return;
    this.#unlooked = 0;
    const { bavail, bsize } = statfsSync(folder);
    const { name, limits } = this.state;
    if (bavail * bsize >= limits.keepFreeBytes) return;
    throw new DoppelError(
      'disk-full',
      `${name} needs more room in the temporary folder than there is: ${size(bavail * bsize)} are free, and ` +
        `${size(limits.keepFreeBytes)} are kept free (--keep-free). Free some, or set TMPDIR to another disk.`,
    );
  }
}

function size(bytes: number): string {
  if (bytes >= 2 ** 30) return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  return bytes >= 2 ** 20 ? `${(bytes / 2 ** 20).toFixed(1)} MiB` : `${Math.ceil(bytes / 1024)} KiB`;
}
