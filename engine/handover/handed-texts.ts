import { RAW_PROBLEMS } from '../../shared/evidence';
import type { Database } from '../db';
import type { RawRecord } from '../evidence/raw-records';
import { numberOf, orNull, textOf, wordOf } from '../lists/cells';
import { sqlStep } from '../sql';
import type { SqlStep } from '../sql';

/** The records of one input, ascending. */
interface Lines {
  ordinals: Float64Array;
  lines: Float64Array;
}

/** The text and the line of each record that was handed over, in place of the files that are not here. */
export class HandedTexts {
  readonly #database: Database;
  readonly #steps: readonly SqlStep[];
  readonly #byFile = new Map<number, Lines>();
  readonly count: number;

  private constructor(database: Database, steps: readonly SqlStep[], [files, ordinals, lines]: Float64Array[]) {
    this.#database = database;
    this.#steps = steps;
    this.count = files?.length ?? 0;
    for (let from = 0; from < this.count;) {
      const file = files?.[from] ?? 0;
      let to = from;
      while (to < this.count && files?.[to] === file) to++;
      const own = { ordinals: ordinals?.subarray(from, to), lines: lines?.subarray(from, to) };
      if (own.ordinals && own.lines) this.#byFile.set(file, { ordinals: own.ordinals, lines: own.lines });
      from = to;
    }
  }

  static async of(
    database: Database,
    steps: readonly SqlStep[],
    signal: AbortSignal | undefined,
  ): Promise<HandedTexts> {
    const columns = await database.use(signal, (connection) => connection.columns(sqlStep(steps, 'lines')));
    return new HandedTexts(
      database,
      steps,
      columns.map((column) => Float64Array.from(column, numberOf)),
    );
  }

  /** 0 for a record that is not there. */
  lineOf(file: number, ordinal: number): number {
    const own = this.#byFile.get(file);
    let [from, to] = [0, own?.ordinals.length ?? 0];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((own?.ordinals[middle] ?? 0) < ordinal) from = middle + 1;
      else to = middle;
    }
    return own?.ordinals[from] === ordinal ? (own.lines[from] ?? 0) : 0;
  }

  async raw(file: number, ordinals: readonly number[], signal: AbortSignal | undefined): Promise<RawRecord[]> {
    const rows = await this.#database.use(signal, (connection) =>
      connection.rows(sqlStep(this.#steps, 'raws'), { file, ordinals: ordinals.map(String) }),
    );
    const found = new Map(
      rows.map((row): [number, RawRecord] => {
        const problem = orNull(row[4], (cell) => wordOf(cell, RAW_PROBLEMS));
        return [
          numberOf(row[0]),
          {
            offset: orNull(row[1], numberOf),
            raw: problem === null ? orNull(row[2], textOf) : null,
            isCut: row[3] === true,
            problem,
          },
        ];
      }),
    );
    return ordinals.map(
      (ordinal) => found.get(ordinal) ?? { offset: null, raw: null, isCut: false, problem: 'file-missing' },
    );
  }
}
