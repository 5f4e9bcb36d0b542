import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { KqlError } from '../../engine/kql/error';
import { DoppelError, isCancelled } from '../../shared/errors';
import { FORMATS } from '../detect-arguments';
import { writeToStdout } from '../output/standard-output';
import { choiceOption, parseOptions, timeOption, usage } from '../parse-options';
import { columnTexts, csvOf, jsonRows, tableOf } from './rows';
import { withEngine } from './with-engine';
import type { Opened } from './with-engine';

const HELP = `doppel kql QUERY [LOG...] [options]: run a KQL query over the table ZPAEvent

  --file F                  read the query from a file; then every name is a LOG
  --at T                    what now() gives (the newest event of the logs, or now)
  --format table|csv|json   how to write the result (table)
  --lines F                 run each {"id","kql"} of a file of JSON lines and write a JSON line for each
`;
const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  file: { type: 'string' },
  lines: { type: 'string' },
  at: { type: 'string' },
  format: { type: 'string' },
} as const;
/** Whatever JSON the caller tells its queries apart by. */
const Id = v.optional(v.unknown(), null);
const Line = v.object({ id: Id, kql: v.string() });
/** Of a line that will not do: its id, where it has one. */
const Named = v.fallback(v.object({ id: Id }), { id: null });

/** `doppel kql`. */
export async function kql(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions('kql', args, OPTIONS);
  if (values.help) {
    await writeToStdout([HELP]);
    return 0;
  }
  const at = timeOption('kql', '--at', values.at) ?? null;
  const format = choiceOption('kql', '--format', FORMATS, values.format) ?? 'table';
  const { lines } = values;
  if (lines !== undefined) {
    return withEngine(positionals, async (opened) => {
      await writeToStdout(answers(await textOf(lines), opened, at));
      return 0;
    });
  }
  const [query, logs] =
    values.file === undefined ? [positionals[0], positionals.slice(1)] : [await textOf(values.file), positionals];
  if (query === undefined) throw usage('kql', 'Which QUERY?');
  return withEngine(logs, async ({ handlers, context }) => {
    const params = { kql: query, at, periodMs: null, limits: undefined };
    const result = await placed(query, async () => handlers['kql.run'](params, context));
    for (const note of result.notes) process.stderr.write(`${note}\n`);
    if (result.truncated) process.stderr.write(`Only the first ${result.rows.length} rows are written.\n`);
    const text =
      format === 'csv'
        ? csvOf(result)
        : format === 'json'
          ? `${JSON.stringify({ columns: columnTexts(result), rows: jsonRows(result), notes: result.notes })}\n`
          : tableOf(result);
    await writeToStdout([text]);
    return 0;
  });
}

/** Runs `work`; a refusal of the query says the line and column where it stands. */
export async function placed<T>(query: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof KqlError) || error.span.length === 0) throw error;
    const before = query.slice(0, error.span.start).split('\n');
    const piece = query.slice(error.span.start, error.span.start + Math.min(error.span.length, 60));
    const place = `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
    throw new DoppelError(error.code, `${error.message} (${place}: ${piece})`, { cause: error });
  }
}

export async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new DoppelError('file-missing', `${path} cannot be read. Check the name.`, { cause: error });
  }
}

/** A JSON line for each line: its answer, or why there is none. */
async function* answers(text: string, opened: Opened, at: number | null): AsyncGenerator<string> {
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() !== '') yield `${JSON.stringify(await answerTo(line, index + 1, opened, at))}\n`;
  }
}

async function answerTo(
  line: string,
  number: number,
  { handlers, context }: Opened,
  at: number | null,
): Promise<object> {
  const read = v.safeParse(Line, jsonOf(line));
  if (!read.success) {
    const message = `Line ${number} is not a JSON object with "id" and "kql". Write one query a line.`;
    return { ...v.parse(Named, jsonOf(line)), error: { code: 'bad-params', message, start: 0, length: 0 } };
  }
  const { id, kql: query } = read.output;
  try {
    const result = await handlers['kql.run']({ kql: query, at, periodMs: null, limits: undefined }, context);
    return { id, columns: columnTexts(result), rows: jsonRows(result) };
  } catch (error) {
    if (!(error instanceof DoppelError) || isCancelled(error)) throw error;
    const { start, length } = error instanceof KqlError ? error.span : { start: 0, length: 0 };
    return { id, error: { code: error.code, message: error.message, start, length } };
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
