import { Database } from '../../engine/db';
import { KqlError } from '../../engine/kql/error';
import { runKql } from '../../engine/kql/run';
import type { KqlOptions } from '../../engine/kql/run';
import { difference } from './answers';
import type { Answer } from './answers';

export type Verdict = 'match' | 'difference' | 'unsupported' | 'error';
export interface Checked {
  answer: Answer;
  verdict: Verdict;
  detail: string;
}

/** A database of its own for queries that bring their data. */
export function openEmpty(spillFolder: string, threads = 2): Promise<Database> {
  return Database.open({ readable: [], spillFolder, memoryLimit: '500MB', threads });
}

/** Runs one recorded query and says how our answer compares. */
export async function check(database: Database, answer: Answer, options: Partial<KqlOptions> = {}): Promise<Checked> {
  try {
    const result = await runKql(database, answer.kql, { at: Date.UTC(2026, 2, 2), ...options });
    if (answer.outcome === 'error') return { answer, verdict: 'difference', detail: 'Kusto refuses this query' };
    const detail = difference(answer, result);
    return { answer, verdict: detail === undefined ? 'match' : 'difference', detail: detail ?? '' };
  } catch (error) {
    if (!(error instanceof KqlError)) {
      return { answer, verdict: 'error', detail: error instanceof Error ? error.message : String(error) };
    }
    if (answer.outcome === 'error') return { answer, verdict: 'match', detail: error.message };
    return {
      answer,
      verdict: error.code === 'query-unsupported' ? 'unsupported' : 'difference',
      detail: error.message,
    };
  }
}
