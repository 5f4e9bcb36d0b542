import type { Choices } from '../../shared/choices';
import type { GrantedPath } from '../../shared/engine-control';
import type { LeftOutReason } from '../../shared/sources';
import type { Allowance } from './allowance';

/** A file to open, and what somebody chose about how to read it; of an archive, how to read all that lies in it. */
export interface FileToOpen extends GrantedPath {
  /** Its handle; none outside of a shell. */
  id?: string;
  choices?: Choices;
}

/** One file to read, after folders were walked and archives unpacked. */
export interface Source extends FileToOpen {
  /** Where it lies for the user: its own path, or that of the archive with the name of the entry. */
  shownPath: string;
  /** It came out of a folder, a pattern or an archive: when there is no log in it, that is reported and the rest is read. */
  isFound: boolean;
  /** Its text is a private copy: a byte of it is no byte of a file that the user has. */
  isCopy?: boolean;
  /** What it was unpacked from, when that was no archive of files. */
  packing?: string;
  /** The file that the user has, when the text at `path` is a private copy of its rows. */
  original?: { bytes: number; sha256: string };
  /** What is wrong with how it was packed: what comes after is not there. */
  damage?: string;
  /** What unpacking it may come to; one for all that lies in one archive. */
  allowance: Allowance;
}

export interface Found {
  name: string;
  reason: LeftOutReason;
  file?: string;
}

/** Collects what is found and not read, in order, up to a number that a person can look at. */
export class LeftOut {
  static readonly LISTED = 1000;
  readonly rows: Found[] = [];
  total = 0;

  /** `file`: the handle that it came with, where it could be read by a choice. */
  add(name: string, reason: LeftOutReason, file?: string): void {
    this.total += 1;
    if (this.rows.length < LeftOut.LISTED) this.rows.push({ name, reason, ...(file !== undefined && { file }) });
  }
}
