import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm, statfs } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { GrantedPath } from '../../shared/engine-control';
import { DoppelError } from '../../shared/errors';

/** What an upload leaves free on the disk, for DuckDB and for everybody else. */
const RESERVE_BYTES = 256 * 2 ** 20;
const CHECK_EVERY_BYTES = 64 * 2 ** 20;
const LONGEST_NAME = 255;
const LONGEST_PATH = 4096;

/**
 * The name to show for an upload: the last part of what the page says, of a file that came with its folder the whole path.
 * It is only shown, nothing is written there. Undefined when there is none.
 */
export function uploadName(text: string | null, isFound = false): string | undefined {
  if (isFound) return text && text.length <= LONGEST_PATH ? text : undefined;
  const name = text?.split(/[\\/]/).at(-1)?.trim();
  return name && name.length <= LONGEST_NAME ? name : undefined;
}

/**
 * Streams the body into a file of its own in `folder`, which only this user can read. Whatever goes wrong, an upload that
 * the page breaks off included, leaves nothing there. Throws `disk-full` or `file-unreadable`.
 */
export async function receiveUpload(request: IncomingMessage, folder: string, name: string): Promise<GrantedPath> {
  const path = join(folder, randomUUID());
  try {
    await checkSpace(folder, Number(request.headers['content-length'] ?? 0), name);
    await pipeline(body(request, folder, name), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    return { path, name };
  } catch (error) {
    await rm(path, { force: true });
    if (error instanceof DoppelError) throw error;
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') throw diskFull(name);
    throw new DoppelError('file-unreadable', `${name} did not arrive whole. Open it again.`, { cause: error });
  }
}

/** The bytes of the body; looks now and then whether the disk is about to be full. */
async function* body(request: IncomingMessage, folder: string, name: string): AsyncGenerator<Uint8Array> {
  let unchecked = 0;
  // the request outlives a failure here, so that the page can be told of it
  const chunks: AsyncIterable<Uint8Array> = request.iterator({ destroyOnReturn: false });
  for await (const chunk of chunks) {
    unchecked += chunk.length;
    if (unchecked >= CHECK_EVERY_BYTES) {
      await checkSpace(folder, 0, name);
      unchecked = 0;
    }
    yield chunk;
  }
}

async function checkSpace(folder: string, bytes: number, name: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize - bytes < RESERVE_BYTES) throw diskFull(name);
}

function diskFull(name: string): DoppelError {
  return new DoppelError(
    'disk-full',
    `There is not enough room in the temporary folder for ${name}. Free some, or name the file on the command line: doppel serve FILE.`,
  );
}
