import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { throwIfCancelled } from '../../shared/errors';
import type { RawProblem } from '../../shared/evidence';
import { sha256Of } from '../file-pieces';

/** What tells one state of a file from another without reading it. */
export type FileIdentity = readonly number[];

/** A file as it was when it was read. */
interface SourceFile {
  /** A real path. */
  path: string;
  bytes: number;
  /** Of all these bytes, lower-case hex. */
  sha256: string;
  /** Undefined when it changed while it was read. */
  identity: FileIdentity | undefined;
}

/** A change of a file's content always changes one of these; ctime cannot be set back. */
export function identityOf(stats: Stats | undefined): FileIdentity | undefined {
  return stats && [stats.dev, stats.ino, stats.size, stats.mtimeMs, stats.ctimeMs];
}

/** Tells whether a file still holds what was read from it. */
export class SourceCheck {
  readonly #file: SourceFile;
  /** The state of the file that was last known to hold the same bytes, and one that was found not to. */
  #same: FileIdentity | undefined;
  #other: FileIdentity | undefined;

  constructor(file: SourceFile) {
    this.#file = file;
    this.#same = file.identity;
  }

  /** A file that was only touched, moved back or appended to is the same: its hash up to where it was read says so. */
  async problem(signal: AbortSignal | undefined): Promise<RawProblem | null> {
    const now = identityOf(await stat(this.#file.path).catch(() => undefined));
    if (!now) return 'file-missing';
    if (isEqual(now, this.#same)) return null;
    if (isEqual(now, this.#other)) return 'file-changed';
    return this.verify(signal);
  }

  /** The same by every byte, whatever the file's times say. */
  async verify(signal: AbortSignal | undefined): Promise<RawProblem | null> {
    const { path, bytes, sha256 } = this.#file;
    const now = identityOf(await stat(path).catch(() => undefined));
    if (!now) return 'file-missing';
    const isSame = (await hashOf(path, bytes, signal)) === sha256;
    if (isSame) this.#same = now;
    else [this.#same, this.#other] = [undefined, now];
    return isSame ? null : 'file-changed';
  }
}

function isEqual(a: FileIdentity, b: FileIdentity | undefined): boolean {
  return a.every((value, index) => value === b?.[index]);
}

async function hashOf(path: string, bytes: number, signal: AbortSignal | undefined): Promise<string | undefined> {
  try {
    return await sha256Of(path, { bytes, signal });
  } catch {
    throwIfCancelled(signal);
    return undefined; // what cannot be read cannot be vouched for
  }
}
