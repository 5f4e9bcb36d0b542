import { constants } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { DoppelError, messageOf } from '../../shared/errors';
import type { GrantedPath } from '../../shared/engine-control';
import type { Recognised } from '../formats/format';
import { recognise } from '../formats/list';

/** An input before it is read: where it is and what it seems to be. */
export interface Sniffed {
  granted: GrantedPath;
  /** With symbolic links resolved. */
  path: string;
  bytes: number;
  modifiedMs: number;
  format: Recognised;
}

const SAMPLE_BYTES = 1024 * 1024;

/** Looks at the first MiB of a file. Throws a DoppelError that names the file when there is no log in it. */
export async function sniff(granted: GrantedPath): Promise<Sniffed> {
  const { path, bytes, modifiedMs } = await regularFile(granted);
  if (bytes === 0) throw new DoppelError('no-zpa-records', `${granted.name} is empty.`);
  const head = await withFile(granted, path, (file) => readAt(file, 0, SAMPLE_BYTES));
  const text = head.toString('utf8');
  const lines = text.split('\n');
  if (head.length < bytes || lines.at(-1) === '') lines.pop(); // cut off by the sample, or nothing after the last line end
  const format = recognise({ text, lines });
  if (!format) {
    throw new DoppelError(
      'no-zpa-records',
      `${granted.name} holds no ZPA records that Doppel knows. Open an export of User Activity or User Status.`,
    );
  }
  return { granted, path, bytes, modifiedMs, format };
}

async function regularFile({ path, name }: GrantedPath): Promise<{ path: string; bytes: number; modifiedMs: number }> {
  try {
    const real = await realpath(path);
    const stats = await stat(real);
    // opening a named pipe would wait for a writer
    if (!stats.isFile()) {
      throw new DoppelError(
        'not-a-file',
        `${name} is ${stats.isDirectory() ? 'a folder' : 'no regular file'}. Open a file.`,
      );
    }
    return { path: real, bytes: stats.size, modifiedMs: stats.mtimeMs };
  } catch (error) {
    throw fileError(error, name);
  }
}

async function withFile<T>(granted: GrantedPath, path: string, work: (file: FileHandle) => Promise<T>): Promise<T> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    return await work(file);
  } catch (error) {
    throw fileError(error, granted.name);
  } finally {
    await file?.close();
  }
}

/** Up to `length` bytes from `position` on; fewer only at the end of the file. */
export async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

/** A failure of the file system as an error that names the file and what to do. */
export function fileError(error: unknown, name: string): DoppelError {
  if (error instanceof DoppelError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const options = { cause: error };
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new DoppelError('file-missing', `${name} is not there. Check the path.`, options);
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new DoppelError('file-unreadable', `${name} may not be read. Check its permissions.`, options);
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new DoppelError(
      'disk-full',
      `The disk is full while ${name} is read. Free some space and try again.`,
      options,
    );
  }
  return new DoppelError('file-unreadable', `${name} cannot be read: ${messageOf(error)}`, options);
}
