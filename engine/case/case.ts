import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { Activity, CaseState, Change, Decided, Draft, FindingState, Subject } from '../../shared/decisions';
import { DoppelError } from '../../shared/errors';
import { fitting } from '../../shared/state-pieces';
import { makeFolder, nodeFs, notSaved } from './file-system';
import type { CaseFs } from './file-system';
import { load, readDecisions } from './load';
import type { Loaded } from './load';
import { CaseInUse, lockOrReadOnly } from './lock';
import type { Lock } from './lock';
import { newRecords } from './new-records';
import type { NewDecision } from './new-records';
import { activityOf, decisionRecords, unlinked } from './record';
import type { DecisionRecord } from './record';
import { SideFiles } from './side-files';
import { saveSnapshot } from './snapshot';
import { apply, findingState } from './state';
import { undoing } from './undo';

interface CaseOptions {
  /** Who decides, where a decision does not say. */
  author: string;
  /** A case that another program has open is opened read-only, instead of not at all. */
  readOnlyInUse?: boolean;
  disk?: CaseFs;
  now?: () => number;
}

/** Who decides, and whom the findings are about, by finding. */
interface Making {
  author?: string | undefined;
  subjects?: Readonly<Record<string, Subject>> | undefined;
}

/** A snapshot is due after so many decisions, or a tenth of all, whichever is more: then its cost stays in proportion. */
const SNAPSHOT_EVERY = 1000;

/**
 * The decisions about one log, in a folder. What `make`, `undo` and `merge` have returned for is on disk. One process
 * holds a case at a time.
 */
export class Case {
  readonly #folder: string;
  readonly #disk: CaseFs;
  readonly #now: () => number;
  readonly #author: string;
  readonly #lock: Lock | undefined;
  readonly #loaded: Loaded;
  readonly #side: SideFiles;
  #sinceSnapshot: number;

  private constructor(
    folder: string,
    options: Required<Omit<CaseOptions, 'readOnlyInUse'>>,
    lock: Lock | undefined,
    loaded: Loaded,
  ) {
    this.#folder = folder;
    this.#disk = options.disk;
    this.#now = options.now;
    this.#author = options.author;
    this.#lock = lock;
    this.#loaded = loaded;
    this.#sinceSnapshot = loaded.covered ? 0 : loaded.index.size;
    this.#side = new SideFiles(options.disk, folder, loaded.header.case, loaded.warnings);
  }

  /**
   * Opens the case in a folder; makes both when there is none. Throws `case-in-use` naming who has it open, and
   * `case-damaged` when nothing of it can be read. On a full disk, and when damaged in part, it opens read-only.
   */
  static async open(
    folder: string,
    { author, readOnlyInUse = false, disk = nodeFs, now = Date.now }: CaseOptions,
  ): Promise<Case> {
    let lock: Lock | undefined;
    try {
      makeFolder(disk, folder);
      const taken = await lockOrReadOnly(disk, folder, readOnlyInUse);
      lock = taken.lock;
      const loaded = load(disk, folder, now(), taken.readOnly);
      try {
        return new Case(folder, { author, disk, now }, lock, loaded);
      } catch (error) {
        loaded.journal.close();
        throw error;
      }
    } catch (error) {
      await lock?.release().catch(() => undefined); // the first error is the one to tell
      throw notSaved(folder, error);
    }
  }

  /** Another program has it open: nothing can be written here for now. */
  get isHeldElsewhere(): boolean {
    return this.#loaded.problem?.code === 'case-in-use';
  }

  info(): CaseState {
    const { header, index, state, problem, warnings } = this.#loaded;
    return {
      id: header.case,
      name: basename(this.#folder),
      folder: this.#folder,
      author: this.#author,
      createdAt: header.ts,
      decisions: index.size,
      findings: state.size,
      readOnly: problem?.message ?? null,
      heldBy: problem instanceof CaseInUse ? problem.holder : null,
      warnings: [...warnings],
      drafts: this.#side.drafts,
    };
  }

  /** Makes one change to every finding, all or none. Throws `verdict-needed`, `disk-full`, `not-saved`, `case-damaged`, `case-in-use`. */
  make(findings: readonly string[], change: Change, making: Making = {}): Decided {
    const { note, ...rest } = change;
    return this.#save(
      [...new Set(findings)].map((finding) => {
        const id = randomUUID();
        return { id, finding, set: note ? { ...rest, note: { id: note.id ?? id, text: note.text } } : rest };
      }),
      making,
    );
  }

  /** Takes back what the decisions of a batch changed, where later ones have not replaced it. Throws also `nothing-to-undo`. */
  undo(batch: string, author?: string): Decided {
    const targets: DecisionRecord[] = [];
    for (const start of this.#loaded.index.from(batch)) {
      const record = this.#loaded.journal.read(start);
      if (record.batch !== batch) break;
      targets.push(record);
    }
    const restoring = targets.flatMap((target) => {
      const set = undoing(this.#history(target.finding), target);
      return set ? [{ id: randomUUID(), finding: target.finding, set, undoes: target.id }] : [];
    });
    if (restoring.length === 0)
      throw new DoppelError('nothing-to-undo', 'There is nothing to undo: later decisions have replaced it.');
    return this.#save(restoring, { author });
  }

  /** Takes over every decision of another case folder that is not here yet, also of a damaged one. Gives their number. */
  merge(folder: string): number {
    this.#writable();
    return this.#takeOver(readDecisions(this.#disk, folder)).length;
  }

  /** Some of the decisions as the journal has them, in the order saved: to hand them over. */
  records(cursor: number, limit: number): { records: DecisionRecord[]; next: number | null } {
    const { index, journal } = this.#loaded;
    const records = index.page(cursor, limit).map((start) => unlinked(journal.read(start)));
    const next = cursor + records.length;
    return { records, next: next < index.size ? next : null };
  }

  /**
   * Takes over decisions that were handed over, those that are not here yet, and gives the states of what they are about.
   * Who made them and when stays with them. Throws `bad-params`, and then takes none, where one is not as it should be.
   */
  take(records: readonly unknown[]): { taken: number; states: FindingState[] } {
    this.#writable();
    const taken = this.#takeOver(decisionRecords(records));
    return { taken: taken.length, states: this.states([...new Set(taken.map(({ finding }) => finding))]) };
  }

  /** How many decisions of these ids are not here. */
  missing(ids: readonly string[]): number {
    return ids.filter((id) => !this.#loaded.index.has(id)).length;
  }

  #takeOver(records: readonly DecisionRecord[]): DecisionRecord[] {
    const strange = new Map<string, DecisionRecord>();
    for (const record of records) if (!this.#loaded.index.has(record.id)) strange.set(record.id, record);
    if (strange.size > 0) this.#append([...strange.values()].map(unlinked));
    return [...strange.values()];
  }

  /** The states of these findings; those never decided about are left out. */
  states(findings: readonly string[]): FindingState[] {
    return findings.flatMap((finding) => {
      const fields = this.#loaded.state.get(finding);
      return fields ? [findingState(finding, fields)] : [];
    });
  }

  /** So many states as fit into one message, `limit` at most. */
  page(cursor: number, limit: number): { states: FindingState[]; next: number | null } {
    const states = this.states([...this.#loaded.state.keys()].slice(cursor, cursor + limit));
    const count = fitting(states);
    const next = cursor + count;
    return { states: states.slice(0, count), next: next < this.#loaded.state.size ? next : null };
  }

  activity(finding: string | undefined, offset: number, limit: number): { total: number; rows: Activity[] } {
    const { total, starts } = this.#loaded.index.newest(finding, offset, limit);
    return { total, rows: starts.map((start) => activityOf(this.#loaded.journal.read(start))) };
  }

  /** The key of the pseudonyms of this case, made when it is first asked for. */
  pseudonymKey(): string {
    return this.#side.pseudonymKey(() => this.#writable());
  }

  /** Keeps a half-typed note, durably; an empty text forgets it. */
  setDraft(draft: Draft): void {
    this.#writable();
    this.#side.setDraft(draft);
  }

  /** Writes a snapshot when one is due. It may take a while, so it is called when nobody waits. Never throws. */
  snapshotIfDue(): void {
    if (this.#sinceSnapshot >= Math.max(SNAPSHOT_EVERY, this.#loaded.index.size / 10)) this.#snapshot();
  }

  /** Writes a last snapshot and lets go of the case. Never throws. */
  async close(): Promise<void> {
    if (this.#sinceSnapshot > 0) this.#snapshot();
    try {
      this.#loaded.journal.close();
    } catch {
      // all is on disk already
    }
    // a lock that stays is taken over
    await this.#lock?.release().catch(() => undefined);
  }

  #history(finding: string): DecisionRecord[] {
    return this.#loaded.index.of(finding).map((start) => this.#loaded.journal.read(start));
  }

  #save(decisions: readonly NewDecision[], { author = this.#author, subjects = {} }: Making): Decided {
    this.#writable();
    const records = newRecords(decisions, { state: this.#loaded.state, now: this.#now(), author, subjects });
    const batch = this.#append(records);
    return { batch, states: this.states(records.map(({ finding }) => finding)) };
  }

  /** Writes the records as one batch and gives its id. */
  #append(records: readonly DecisionRecord[]): string {
    const { journal, state, index } = this.#loaded;
    const batch = records[0]?.id ?? '';
    const saved = records.map((record) => ({ ...record, batch, of: records.length }));
    const places = journal.append(saved);
    for (const [at, record] of saved.entries()) {
      apply(state, record);
      index.add(record, places[at]?.start ?? 0);
    }
    this.#sinceSnapshot += saved.length;
    return batch;
  }

  #writable(): void {
    if (this.#loaded.problem) throw this.#loaded.problem;
    try {
      if (this.#lock?.held()) return;
    } catch (error) {
      throw notSaved(this.#folder, error);
    }
    this.#loaded.problem = new DoppelError(
      'case-in-use',
      `${this.#folder}: another program has taken this case over. Close it there and open it again.`,
    );
    throw this.#loaded.problem;
  }

  #snapshot(): void {
    const { header, state, journal, warnings } = this.#loaded;
    try {
      this.#writable();
      saveSnapshot(this.#disk, this.#folder, header.case, state, journal.end, journal.head);
    } catch (error) {
      // nothing is lost: the journal has it all
      const warning = `The snapshot was not written. ${notSaved(this.#folder, error).message}`;
      if (!warnings.includes(warning)) warnings.push(warning);
    }
    this.#sinceSnapshot = 0;
  }
}
