/**
 * The snapshot: the decisions that hold, and how far the journal reached. The journal is the record; the snapshot is
 * what tells that the journal was cut short or replaced, and what is left of the decisions when it was.
 */
import { join } from 'node:path';
import * as v from 'valibot';
import type { CaseFs } from './file-system';
import { DecisionRecord } from './record';
import { loadSealed, saveSealed } from './sealed-file';
import { holding } from './state';
import type { State } from './state';

const { id, ts, author, finding, set, subject } = DecisionRecord.entries;
const Snapshot = v.object({
  /** Bytes of the journal when the snapshot was made, and the seal of the line that ended there. */
  end: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  head: v.string(),
  /** Read only when the journal is damaged: see decisionsOf. */
  decisions: v.array(v.unknown()),
});
type Snapshot = v.InferOutput<typeof Snapshot>;
const Holding = v.object({ id, ts, author, finding, set, subject });

export const SNAPSHOT = 'case.snapshot.json';
export const PREVIOUS_SNAPSHOT = 'case.snapshot.previous.json';

/** The newest snapshot that is whole; `broken` names the files that are not. */
export function loadSnapshot(disk: CaseFs, folder: string, caseId: string): { snapshot?: Snapshot; broken: string[] } {
  const broken: string[] = [];
  for (const name of [SNAPSHOT, PREVIOUS_SNAPSHOT]) {
    const loaded = loadSealed(disk, join(folder, name), caseId, Snapshot);
    if (loaded === 'broken') broken.push(name);
    else if (loaded) return { snapshot: loaded.value, broken };
  }
  return { broken };
}

/** Writes the state as it is after the journal's bytes up to `end`, whose last line has the hash `head`. Throws what the disk does. */
export function saveSnapshot(
  disk: CaseFs,
  folder: string,
  caseId: string,
  state: State,
  end: number,
  head: string,
): void {
  const content: Snapshot = { end, head, decisions: [...holding(state)] };
  saveSealed(disk, join(folder, SNAPSHOT), caseId, content, join(folder, PREVIOUS_SNAPSHOT));
}

/** The decisions of a snapshot as records of their own. */
export function decisionsOf(snapshot: Snapshot | undefined): DecisionRecord[] {
  return (snapshot?.decisions ?? []).flatMap((decision) => {
    const held = v.safeParse(Holding, decision);
    return held.success ? [recordOf(held.output)] : [];
  });
}

/** A setting of a snapshot as the record that made it, as far as that is still known. */
export function recordOf(held: v.InferOutput<typeof Holding>): DecisionRecord {
  return { v: 1, batch: held.id, of: 1, ...held };
}
