import fs from 'node:fs';
import { dirname } from 'node:path';
import { DoppelError } from '../../shared/errors';

/** What the case store asks of a file system. Tests pass one that fails, writes short or forgets. */
export interface CaseFs {
  openSync(path: string, flags: number, mode?: number): number;
  closeSync(fd: number): void;
  readSync(fd: number, buffer: Buffer, offset: number, length: number, position: number): number;
  writeSync(fd: number, buffer: Buffer, offset: number, length: number, position: number): number;
  fsyncSync(fd: number): void;
  fdatasyncSync(fd: number): void;
  ftruncateSync(fd: number, length: number): void;
  renameSync(from: string, to: string): void;
  unlinkSync(path: string): void;
  mkdirSync(path: string, mode: number): void;
  fstatSync(fd: number): FileFacts;
  lstatSync(path: string): FileFacts;
  readdirSync(path: string): string[];
}

interface FileFacts {
  size: number;
  ino: number;
  dev: number;
  isFile(): boolean;
  isDirectory(): boolean;
}

export const nodeFs: CaseFs = fs;

const { O_RDONLY, O_RDWR, O_CREAT, O_EXCL } = fs.constants;
/** Windows has no such flag, and there a link needs a privilege to be made. */
const O_NOFOLLOW: number = fs.constants.O_NOFOLLOW ?? 0;
const PRIVATE = 0o600;

/** The system's code of an error, such as ENOENT. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Opens a file that exists, or gives undefined. A link, pipe or folder in its place is refused: a case may come from a stranger. */
export function openFile(disk: CaseFs, path: string, access: 'read' | 'write'): number | undefined {
  let facts: FileFacts;
  try {
    facts = disk.lstatSync(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  if (!facts.isFile()) {
    throw new DoppelError('case-damaged', `${path} is not a regular file. Put the real file of the case in its place.`);
  }
  return disk.openSync(path, (access === 'read' ? O_RDONLY : O_RDWR) | O_NOFOLLOW);
}

/** Makes a file that must not exist yet. */
export function createFile(disk: CaseFs, path: string): number {
  return disk.openSync(path, O_RDWR | O_CREAT | O_EXCL, PRIVATE);
}

/** Writes all of it: one write() may write less than it was given, without an error, when the disk is nearly full. */
export function writeAll(disk: CaseFs, fd: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length;) {
    const written = disk.writeSync(fd, bytes, done, bytes.length - done, position + done);
    if (written <= 0) throw Object.assign(new Error('the disk takes no more bytes'), { code: 'ENOSPC' });
    done += written;
  }
}

/** Reads up to `length` bytes from `position`; fewer only at the end of the file. */
export function readUpTo(disk: CaseFs, fd: number, length: number, position: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const read = disk.readSync(fd, bytes, done, length - done, position + done);
    if (read === 0) break;
    done += read;
  }
  return bytes.subarray(0, done);
}

/** A whole file of at most `limit` bytes; undefined when there is none. */
export function readFile(disk: CaseFs, path: string, limit: number): Buffer | undefined {
  const fd = openFile(disk, path, 'read');
  if (fd === undefined) return undefined;
  try {
    const { size } = disk.fstatSync(fd);
    if (size > limit)
      throw new DoppelError('case-damaged', `${path} is too big (${size} bytes). Delete it and open the case again.`);
    return readUpTo(disk, fd, size, 0);
  } finally {
    disk.closeSync(fd);
  }
}

/** Makes names in a folder durable: a new or renamed file may vanish in a power cut until its folder is synced. */
export function syncFolder(disk: CaseFs, path: string): void {
  if (process.platform === 'win32') return; // folders cannot be opened there, and NTFS journals names itself
  const fd = disk.openSync(path, O_RDONLY);
  try {
    disk.fsyncSync(fd);
  } finally {
    disk.closeSync(fd);
  }
}

/**
 * Puts a new content in a file's place, whole or not at all, durably. What was there is kept as `previous`, when given.
 */
export function replaceFile(disk: CaseFs, path: string, bytes: Buffer, previous?: string): void {
  const temporary = `${path}.tmp`;
  removeFile(disk, temporary);
  try {
    const fd = createFile(disk, temporary);
    try {
      writeAll(disk, fd, bytes, 0);
      disk.fsyncSync(fd);
    } finally {
      disk.closeSync(fd);
    }
  } catch (error) {
    try {
      removeFile(disk, temporary);
    } catch {
      // the next replaceFile removes it
    }
    throw error;
  }
  if (previous !== undefined) moveFile(disk, path, previous);
  disk.renameSync(temporary, path);
  syncFolder(disk, dirname(path));
}

/** Makes a folder that only its owner can see, durably; it may be there already. */
export function makeFolder(disk: CaseFs, folder: string): void {
  try {
    disk.mkdirSync(folder, 0o700);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
    if (codeOf(error) === 'ENOENT')
      throw new DoppelError('file-missing', `${dirname(folder)}: there is no such folder.`, { cause: error });
    throw error;
  }
  syncFolder(disk, dirname(folder));
}

/** Removes a file; there need be none. */
export function removeFile(disk: CaseFs, path: string): void {
  try {
    disk.unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

function moveFile(disk: CaseFs, from: string, to: string): void {
  try {
    disk.renameSync(from, to);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** The error that tells the analyst that something was not saved, and what to do. */
export function notSaved(what: string, error: unknown): DoppelError {
  if (error instanceof DoppelError) return error;
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new DoppelError('disk-full', `${what}: not saved, the disk is full. Free some space and try again.`, {
      cause: error,
    });
  }
  return new DoppelError(
    'not-saved',
    `${what}: not saved (${code ?? 'unknown fault'}). Check the disk and its permissions, then try again.`,
    { cause: error },
  );
}
