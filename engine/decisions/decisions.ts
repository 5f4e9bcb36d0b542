import type { Params } from '../../shared/contract';
import type { FindingState } from '../../shared/decisions';
import type { Database } from '../db';
import { sqlStep, sqlSteps } from '../sql';
import text from './decision.sql?raw';

const steps = sqlSteps(text);
const ROWS_AT_ONCE = 10_000;

/**
 * The engine's copy of the decisions. A shell's page tells them (`decisions.mirror` of the contract) when it connects,
 * also to a new engine after a crash, and at each change; nothing here is ever the only copy. The states outlive the log
 * that is open; the table `decision` of the log's database follows them when it is asked for.
 */
export class Decisions {
  readonly #states = new Map<string, FindingState>();
  /** The case that the states are of. */
  #case: string | undefined;
  /** The database that has the table, and the findings whose rows there are out of date. */
  #table: { database: Database; stale: Set<string> } | undefined;
  /** One change of the table at a time. */
  #turn: Promise<unknown> = Promise.resolve();

  /** All that has been decided about a finding; undefined when nobody has touched it. */
  of(finding: string): FindingState | undefined {
    return this.#states.get(finding);
  }

  /** `whole`: what was known of other findings is forgotten. */
  set(states: readonly FindingState[], whole: boolean): void {
    if (whole) {
      for (const finding of this.#states.keys()) this.#table?.stale.add(finding);
      this.#states.clear();
    }
    for (const state of states) {
      this.#states.set(state.finding, state);
      this.#table?.stale.add(state.finding);
    }
  }

  /** `decisions.mirror` of the contract: any number of pages tell what they know, each in its own time. */
  take({ states, whole, case: of, continues = false }: Params<'decisions.mirror'>): void {
    const isOther = of === undefined || of !== this.#case;
    if (!whole && of !== undefined && isOther) return; // from a page that does not know yet that another case is open
    if (whole && isOther) {
      this.set([], true);
      this.#case = of;
    }
    const news = states.filter(({ finding, changedAt }) => changedAt >= (this.#states.get(finding)?.changedAt ?? 0));
    this.set(continues ? news.map((state) => this.#continued(state)) : news, false);
  }

  /** With the notes that came before; another page may have told of some of them meanwhile. */
  #continued(state: FindingState): FindingState {
    const known = this.#states.get(state.finding)?.notes ?? [];
    const ids = new Set(known.map(({ id }) => id));
    return { ...state, notes: [...known, ...state.notes.filter(({ id }) => !ids.has(id))] };
  }

  /** Gives back the database once its table `decision` has what is known. */
  async in(database: Database): Promise<Database> {
    const mine = this.#turn.then(() => this.#bringUpToDate(database));
    this.#turn = mine.catch(() => undefined); // whoever asked hears of it; the next one tries again
    await mine;
    return database;
  }

  async #bringUpToDate(database: Database): Promise<void> {
    if (this.#table?.database !== database) {
      await database.use(undefined, (connection) => connection.run(sqlStep(steps, 'table')));
      this.#table = { database, stale: new Set(this.#states.keys()) };
    }
    const { stale } = this.#table;
    const findings = [...stale];
    stale.clear();
    for (let at = 0; at < findings.length; at += ROWS_AT_ONCE) {
      const some = findings.slice(at, at + ROWS_AT_ONCE);
      try {
        await this.#write(database, some);
      } catch (error) {
        for (const finding of findings.slice(at)) stale.add(finding);
        throw error;
      }
    }
  }

  async #write(database: Database, findings: string[]): Promise<void> {
    const rows = findings.flatMap((finding) => {
      const state = this.#states.get(finding);
      if (!state) return [];
      const { notes, subject, changedAt, ...rest } = state;
      return [{ ...rest, notes: notes.length, user_key: subject?.user ?? null, changed: changedAt }];
    });
    await database.use(undefined, async (connection) => {
      await connection.run('begin transaction');
      await connection.run(sqlStep(steps, 'forget'), { findings });
      await connection.run(sqlStep(steps, 'remember'), { rows: JSON.stringify(rows) });
      await connection.run('commit');
    });
  }
}
