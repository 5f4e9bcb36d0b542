import { join } from 'node:path';
import * as v from 'valibot';
import { setTimeout as wait } from 'node:timers/promises';
import type { CaseHolder } from '../../shared/cases';
import { DoppelError } from '../../shared/errors';
import { isoTime } from '../../shared/time';
import { codeOf, createFile, notSaved, readFile, removeFile, writeAll } from './file-system';
import type { CaseFs } from './file-system';
import { Holder, holdSocket, lives } from './holder';

/** The right to write to a case folder. */
export interface Lock {
  /** False when the lock file was taken away from under us: then nothing may be written any more. */
  held(): boolean;
  release(): Promise<void>;
}

const LOCK = 'lock';
/** A holder writes its name into the lock right after it made it; one that stays empty for so long belongs to nobody. */
const EMPTY_FOR_MS = 1000;
const LOOK_EVERY_MS = 50;

/** Takes the lock, also from a holder that died. Throws `case-in-use` naming the holder, or what the disk throws. */
async function takeLock(disk: CaseFs, folder: string): Promise<Lock> {
  const path = join(folder, LOCK);
  const { holder, letGo } = await holdSocket();
  try {
    let emptyFor = 0;
    for (;;) {
      if (create(disk, path, holder)) break;
      const found = readFile(disk, path, 100_000);
      const other = found && parse(found);
      if (other && (await lives(other))) throw new CaseInUse(path, other);
      if (found && !other && emptyFor < EMPTY_FOR_MS) {
        emptyFor += LOOK_EVERY_MS;
        await wait(LOOK_EVERY_MS);
      } else if (found) {
        takeAway(disk, path, found, holder.token);
        emptyFor = 0;
      }
    }
  } catch (error) {
    await letGo();
    throw error;
  }
  const isOurs = (): boolean => {
    const found = readFile(disk, path, 100_000);
    return found !== undefined && parse(found)?.token === holder.token;
  };
  return {
    held: isOurs,
    release: async () => {
      try {
        if (isOurs()) removeFile(disk, path);
      } finally {
        await letGo();
      }
    },
  };
}

/** The lock, or why the case can only be read: the disk is full, or, where that is allowed, another program has it open. */
export async function lockOrReadOnly(
  disk: CaseFs,
  folder: string,
  readOnlyInUse: boolean,
): Promise<{ lock?: Lock; readOnly?: DoppelError }> {
  try {
    return { lock: await takeLock(disk, folder) };
  } catch (error) {
    const problem = notSaved(join(folder, LOCK), error);
    if (problem.code === 'case-in-use' && readOnlyInUse) return { readOnly: problem };
    if (problem.code !== 'disk-full') throw problem;
    const remedy = 'the disk is full. Free some space and open the case again.';
    return { readOnly: new DoppelError('disk-full', `${folder}: ${remedy}`, { cause: error }) };
  }
}

/** Makes the lock file, or finds that there is one. */
function create(disk: CaseFs, path: string, holder: Holder): boolean {
  let fd: number;
  try {
    fd = createFile(disk, path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    writeAll(disk, fd, Buffer.from(JSON.stringify(holder)), 0);
  } catch (error) {
    removeFile(disk, path);
    throw error;
  } finally {
    disk.closeSync(fd);
  }
  return true;
}

/**
 * Removes the lock of a dead holder. Two processes may do so at once, so it is first moved aside and looked at: if it
 * turns out to be a live one's, that one finds `held` false and writes no more.
 */
function takeAway(disk: CaseFs, path: string, dead: Buffer, token: string): void {
  const aside = `${path}.${token}`;
  try {
    disk.renameSync(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  const moved = readFile(disk, aside, 100_000);
  removeFile(disk, aside);
  if (moved && !moved.equals(dead)) {
    throw new DoppelError('case-in-use', `${path}: two programs opened this case at once. Open it again.`);
  }
}

function parse(bytes: Buffer): Holder | undefined {
  try {
    const holder = v.safeParse(Holder, JSON.parse(bytes.toString('utf8')));
    return holder.success ? holder.output : undefined;
  } catch {
    return undefined;
  }
}

/** Who else has the case open; undefined where nobody has, or we do. */
export async function holderOf(disk: CaseFs, folder: string): Promise<CaseHolder | undefined> {
  const found = readFile(disk, join(folder, LOCK), 100_000);
  const other = found && parse(found);
  if (!other || other.pid === process.pid || !(await lives(other))) return undefined;
  return { pid: other.pid, host: other.host, started: other.started };
}

/** The case is open in another process, or twice in this one. */
export class CaseInUse extends DoppelError {
  readonly holder: CaseHolder;

  constructor(path: string, { pid, host, started }: Holder) {
    super(
      'case-in-use',
      `Case in use by process ${pid} on ${host}, started ${isoTime(started)}. Close it there first. ` +
        `If it no longer runs, delete ${path}.`,
    );
    this.holder = { pid, host, started };
  }
}
