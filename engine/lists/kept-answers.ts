import type { Database } from '../db';

/** So many answers are kept for a log, the ones asked for last. */
const MOST = 100;

/** Answers that hold as long as a detection does, kept so that whoever decides does not have them worked out again. */
export class KeptAnswers<T> {
  readonly #of = new WeakMap<Database, { generation: number; answers: Map<string, T> }>();

  /** `key` says all that the answer depends on besides the tables of the detection. */
  async get(database: Database, generation: number, key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#of.get(database);
    const kept = before?.generation === generation ? before : { generation, answers: new Map<string, T>() };
    this.#of.set(database, kept);
    const known = kept.answers.get(key);
    const answer = known ?? (await work());
    kept.answers.delete(key);
    kept.answers.set(key, answer);
    for (const oldest of kept.answers.keys()) {
      if (kept.answers.size <= MOST) break;
      kept.answers.delete(oldest);
    }
    return answer;
  }
}
