import type { DetectionSummary, Parameters } from '../../shared/domain';
import type { Database } from '../db';

/**
 * Access to the tables that a detection makes (segment, presence, overlap, finding): one detection at a time replaces
 * them, all at one commit, and a reader never mixes two generations of them.
 */
export interface Tables {
  /** What the detection that made them came to; undefined before the first. */
  latest: DetectionSummary | undefined;
  /** Runs `work` once no other detection of this database is under way. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Runs `commit`, which puts new tables in place of the old, of a detection that came to `summary`. */
  replace(summary: DetectionSummary, commit: () => Promise<void>): Promise<void>;
  /** Runs `work`, and again where the tables were replaced meanwhile. `generation` tells one set of tables from the next. */
  read<T>(work: (generation: number) => Promise<T>): Promise<T>;
}

const tables = new WeakMap<Database, Tables>();

/** The access to this database's tables, the same for all who ask. */
export function tablesOf(database: Database): Tables {
  const known = tables.get(database) ?? makeTables();
  tables.set(database, known);
  return known;
}

/** What the last detection came to, where it was run with these parameters: another one would come to the same. */
export function foundBefore(database: Database, parameters: Parameters): DetectionSummary | undefined {
  const { latest } = tablesOf(database);
  return latest && JSON.stringify(latest.parameters) === JSON.stringify(parameters) ? latest : undefined;
}

function makeTables(): Tables {
  let generation = 0;
  let turn: Promise<unknown> = Promise.resolve();
  let replacing: Promise<void> | undefined;

  const made: Tables = {
    latest: undefined,
    inTurn: (work) => {
      const mine = turn.then(work);
      turn = mine.catch(() => undefined); // whoever asked hears of it; the next one starts all the same
      return mine;
    },
    replace: async (summary, commit) => {
      generation += 1; // whoever reads across the commit reads again
      replacing = commit().then(() => void (made.latest = summary));
      try {
        await replacing;
      } finally {
        replacing = undefined;
      }
    },
    read: async (work) => {
      for (;;) {
        while (replacing) await replacing.catch(() => undefined); // a commit that failed left the old tables in place
        const before = generation;
        try {
          const result = await work(before);
          if (generation === before) return result;
        } catch (error) {
          if (generation === before) throw error;
        }
      }
    },
  };
  return made;
}
