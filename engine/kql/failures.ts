import { DoppelError } from '../../shared/errors';
import type { Connection, Values } from '../db';
import { KqlError } from './error';
import type { Rel } from './plan';
import { withClause } from './to-sql/statement';
import type { Printed } from './to-sql/statement';

/**
 * What DuckDB refuses while it binds or runs, such as a value that it has no room for, is a refusal of the query and
 * stands where the stage does in which it comes up. The stages are run one after another to find that, but only then.
 */
export async function placingFailures<T>(
  connection: Connection,
  printed: Printed,
  values: Values,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const span = (await failingStage(connection, printed, values))?.span;
    if (error.code === 'query-limit') throw new KqlError('query-limit', error.message, span, { cause: error });
    const [reason = ''] = error.message.split('\n');
    throw new KqlError('query-unsupported', `Doppel cannot compute this stage (${reason}).`, span, { cause: error });
  }
}

function isRefusal(error: unknown): error is DoppelError {
  return error instanceof DoppelError && (error.code === 'internal' || error.code === 'query-limit');
}

/** The stage of the first CTE that fails by itself, or of the nearest one after it that has a place. */
async function failingStage(connection: Connection, { ctes }: Printed, values: Values): Promise<Rel['stage']> {
  for (let count = 1; count <= ctes.length; count++) {
    const [last] = ctes.slice(count - 1);
    const sql = `create or replace temp table probe as ${withClause(ctes.slice(0, count))}select * from ${last?.name}`;
    try {
      await connection.run(sql, values);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return ctes.slice(count - 1).find(({ rel }) => rel.stage)?.rel.stage;
    }
  }
  return undefined;
}
