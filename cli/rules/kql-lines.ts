import * as v from 'valibot';
import { KqlError } from '../../engine/kql/error';
import { DoppelError, isCancelled, messageOf } from '../../shared/errors';
import type { OwnEngine } from '../own-engine';
import { columnTexts, jsonRows } from './rows';
import { withBar } from './with-bar';

/** Whatever JSON the caller tells its queries apart by. */
const Id = v.optional(v.unknown(), null);
const Line = v.object({ id: Id, kql: v.string() });
/** Of a line that will not do: its id, where it has one. */
const Named = v.fallback(v.object({ id: Id }), { id: null });

/** A JSON line for each line of `text`: its answer, or why there is none. Of one that is cut, the first rows. */
export async function* answers(text: string, own: OwnEngine, at: number | null): AsyncGenerator<string> {
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() !== '') yield `${JSON.stringify(await answerTo(line, index + 1, own, at))}\n`;
  }
}

async function answerTo(line: string, number: number, own: OwnEngine, at: number | null): Promise<object> {
  const read = v.safeParse(Line, jsonOf(line));
  if (!read.success) {
    const message = `Line ${number} is not a JSON object with "id" and "kql". Write one query a line.`;
    return { ...v.parse(Named, jsonOf(line)), error: { code: 'bad-params', message, start: 0, length: 0 } };
  }
  const { id, kql: query } = read.output;
  try {
    const params = { kql: query, at, periodMs: null, limits: undefined };
    const result = await withBar(own, (context) => own.engine.handlers['kql.run'](params, context));
    const cut = result.truncated ? { truncated: true } : {};
    return { id, columns: columnTexts(result), rows: jsonRows(result), ...cut };
  } catch (error) {
    if (isCancelled(error)) throw error;
    const { start, length } = error instanceof KqlError ? error.span : { start: 0, length: 0 };
    // whatever it is, the queries behind it are still to be run
    const code = error instanceof DoppelError ? error.code : 'internal';
    return { id, error: { code, message: messageOf(error), start, length } };
  }
}

/** Undefined for a line that is no JSON. */
function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
