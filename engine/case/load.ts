import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DoppelError } from '../../shared/errors';
import { codeOf, createFile, notSaved, openFile, readUpTo, removeFile, syncFolder, writeAll } from './file-system';
import type { CaseFs } from './file-system';
import { RecordIndex } from './index-of-records';
import { createJournal, Journal } from './journal';
import { NO_LINE, VERSION } from './record';
import type { DecisionRecord, Header } from './record';
import { scan } from './scan';
import type { Scan } from './scan';
import { decisionsOf, loadSnapshot, PREVIOUS_SNAPSHOT, SNAPSHOT } from './snapshot';
import { apply } from './state';
import type { State } from './state';

export const JOURNAL = 'case.jsonl';
/** A header is far shorter: a file without one that is longer than this was never the torn start of a journal. */
const LONGEST_TORN_HEADER = 4096;

/** A case as it was found on disk. */
export interface Loaded {
  journal: Journal;
  header: Header;
  state: State;
  index: RecordIndex;
  warnings: string[];
  /** Why nothing may be written; undefined when all is well. */
  problem: DoppelError | undefined;
  /** Whether the snapshot has all of it. */
  covered: boolean;
}

/** What a case folder holds, told without changing a byte of it. */
interface Found {
  scan: Scan;
  state: State;
  index: RecordIndex;
  warnings: string[];
  /** What is wrong with what had been acknowledged, in words. */
  damage: string | undefined;
  /** How far into the journal the snapshot reaches. */
  snapshotEnd: number | undefined;
}

/**
 * Opens the journal of a case, or makes one in an empty folder. The torn end that a power cut leaves is cut off and kept
 * aside. `readOnly` says why nothing may be written this time. Damage to what had been acknowledged leaves the case readable with all that is whole, and not writable.
 */
export function load(disk: CaseFs, folder: string, now: number, readOnly?: DoppelError): Loaded {
  const path = join(folder, JOURNAL);
  const fd = openFile(disk, path, readOnly ? 'read' : 'write');
  if (fd === undefined) {
    if (hasSnapshot(disk, folder)) throw notAJournal(path, 'is missing, though a snapshot of it is there');
    if (readOnly) throw readOnly;
    return create(disk, folder, path, now);
  }
  let kept = false;
  try {
    const found = read(disk, folder, path, fd);
    const { header, size, end, head } = found.scan;
    if (!header) {
      const torn = size <= LONGEST_TORN_HEADER && found.scan.salvaged.length === 0 && !hasSnapshot(disk, folder);
      if (!torn) throw notAJournal(path, 'does not begin as the journal of a case does');
      if (readOnly) throw readOnly;
      if (size > 0) keepAside(disk, folder, fd, 0, size, now);
      disk.ftruncateSync(fd, 0);
      return create(disk, folder, path, now);
    }
    let problem = readOnly;
    if (found.damage !== undefined) {
      problem = new DoppelError(
        'case-damaged',
        `${path}: ${found.damage}. What is whole can be read; nothing can be changed. Make a new case and merge this one into it.`,
      );
    } else if (!readOnly) {
      try {
        if (size > end) {
          const aside = keepAside(disk, folder, fd, end, size, now);
          disk.ftruncateSync(fd, end);
          found.warnings.push(
            `The last ${size - end} bytes of ${JOURNAL} were never acknowledged as saved. They are kept in ${aside}.`,
          );
        }
        disk.fsyncSync(fd);
      } catch (error) {
        problem = notSaved(path, error);
      }
    }
    const covered = found.snapshotEnd === end && problem === undefined;
    kept = true;
    return { ...found, header, journal: new Journal(disk, path, fd, end, head), problem, covered };
  } finally {
    if (!kept) disk.closeSync(fd);
  }
}

/** Every whole decision of a case folder, also of a damaged one; the folder is not changed. */
export function readDecisions(disk: CaseFs, folder: string): DecisionRecord[] {
  const path = join(folder, JOURNAL);
  const fd = openFile(disk, path, 'read');
  if (fd === undefined)
    throw new DoppelError('file-missing', `${path}: there is no such file. Choose the folder of a case.`);
  const records: DecisionRecord[] = [];
  try {
    const { header, salvaged } = scan(disk, fd, (placed) => {
      for (const { record } of placed) records.push(record);
    });
    for (const { record } of salvaged) records.push(record);
    const known = new Set(records.map(({ id }) => id));
    const { snapshot } = header ? loadSnapshot(disk, folder, header.case) : {};
    for (const record of decisionsOf(snapshot)) if (!known.has(record.id)) records.push(record);
    return records;
  } finally {
    disk.closeSync(fd);
  }
}

function read(disk: CaseFs, folder: string, path: string, fd: number): Found {
  const state: State = new Map();
  const index = new RecordIndex();
  const ends = new Map<number, string>();
  const result = scan(disk, fd, (placed, end, head) => {
    ends.set(end, head);
    for (const { record, start } of placed) {
      apply(state, record);
      index.add(record, start);
    }
  });
  const found: Found = { scan: result, state, index, warnings: [], damage: undefined, snapshotEnd: undefined };
  if (!result.header) return found;
  if (result.broken !== undefined) found.damage = `line ${result.broken} is not what was saved`;
  const { snapshot, broken } = loadSnapshot(disk, folder, result.header.case);
  for (const name of broken)
    found.warnings.push(`${name} is damaged or belongs to another case. ${JOURNAL} was read instead.`);
  found.snapshotEnd = snapshot?.end;
  if (snapshot && ends.get(snapshot.end) !== snapshot.head) {
    found.damage ??= `it lacks decisions that the snapshot knows of`;
  }
  const [line] = result.notUnderstood;
  if (line !== undefined) {
    found.warnings.push(
      `${path}: ${result.notUnderstood.length} lines, from line ${line} on, are of another version of Doppel. They are kept and not shown.`,
    );
  }
  if (index.repeated > 0) found.warnings.push(`${path}: ${index.repeated} decisions have the id of an earlier one.`);
  if (found.damage !== undefined) {
    for (const { record, start } of result.salvaged) {
      apply(state, record);
      index.add(record, start);
    }
    for (const record of decisionsOf(snapshot)) apply(state, record);
  }
  return found;
}

function create(disk: CaseFs, folder: string, path: string, now: number): Loaded {
  const header: Header = { v: VERSION, kind: 'doppel.case', case: randomUUID(), ts: now, prev: NO_LINE };
  const journal = createJournal(disk, path, header);
  try {
    syncFolder(disk, folder);
  } catch (error) {
    journal.close();
    throw error;
  }
  return {
    journal,
    header,
    state: new Map(),
    index: new RecordIndex(),
    warnings: [],
    problem: undefined,
    covered: false,
  };
}

/** Copies a part of the journal into a file of its own, durably, before it is cut off. Gives that file's name. */
function keepAside(disk: CaseFs, folder: string, fd: number, from: number, to: number, now: number): string {
  const name = `case.torn-${now}-${randomUUID().slice(0, 8)}.jsonl`;
  const aside = createFile(disk, join(folder, name));
  try {
    const step = 1024 * 1024;
    for (let at = from; at < to; at += step) {
      writeAll(disk, aside, readUpTo(disk, fd, Math.min(step, to - at), at), at - from);
    }
    disk.fsyncSync(aside);
  } catch (error) {
    removeFile(disk, join(folder, name));
    throw error;
  } finally {
    disk.closeSync(aside);
  }
  syncFolder(disk, folder);
  return name;
}

function hasSnapshot(disk: CaseFs, folder: string): boolean {
  return [SNAPSHOT, PREVIOUS_SNAPSHOT].some((name) => {
    try {
      return disk.lstatSync(join(folder, name)).size >= 0;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return false;
      throw error;
    }
  });
}

function notAJournal(path: string, why: string): DoppelError {
  return new DoppelError(
    'case-damaged',
    `${path} ${why}. Make a new case and merge this folder into it, or restore a copy.`,
  );
}
