import { FORMATS } from '../detect-arguments';
import { LOG_HELP, LOG_OPTIONS, parseLog } from '../log/log-options';
import { withLog } from '../log/with-log';
import { writeToStdout } from '../output/standard-output';
import { withOwnEngine } from '../own-engine';
import type { OwnEngine } from '../own-engine';
import { choiceOption, parseOptions, timeOption, usage } from '../parse-options';
import { answers } from './kql-lines';
import { placed } from './placed';
import { columnTexts, csvOf, jsonRows, tableOf } from './rows';
import { textOf } from './text-of';
import { withBar } from './with-bar';

const HELP = `doppel kql QUERY [FILE...] [options]: run a KQL query over the table ZPAEvent

  --file F                  read the query from a file; then every name is a FILE of the log
  --at T                    what now() gives (the newest event of the log, or now)
  --format table|csv|json   how to write the result (table)
  --lines F                 run each {"id","kql"} of a file of JSON lines and write a JSON line for each

${LOG_HELP}
`;
const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  file: { type: 'string' },
  lines: { type: 'string' },
  at: { type: 'string' },
  format: { type: 'string' },
  ...LOG_OPTIONS,
} as const;

/** `doppel kql`. Returns the exit code. */
export async function kql(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions('kql', args, OPTIONS);
  if (values.help) {
    await writeToStdout([HELP]);
    return 0;
  }
  const at = timeOption('kql', '--at', values.at) ?? null;
  const { lines, file } = values;
  const formats = lines === undefined ? FORMATS : (['json'] as const);
  const format = choiceOption(
    'kql',
    lines === undefined ? '--format' : '--format with --lines',
    formats,
    values.format,
  );
  if (lines !== undefined && file !== undefined) throw usage('kql', '--lines and --file both bring queries.');
  const inFile = lines ?? file;
  const [query, files] =
    inFile === undefined ? [positionals[0], positionals.slice(1)] : [await textOf(inFile), positionals];
  if (query === undefined) throw usage('kql', 'Which QUERY?');

  const work = async (own: OwnEngine): Promise<number> => {
    if (lines === undefined) await runOne(own, query, at, format ?? 'table');
    else await writeToStdout(answers(query, own, at));
    return 0;
  };
  // a query may bring its own rows
  return files.length === 0 ? withOwnEngine(work) : withLog(parseLog('kql', files, values), work);
}

async function runOne(
  own: OwnEngine,
  query: string,
  at: number | null,
  format: (typeof FORMATS)[number],
): Promise<void> {
  const params = { kql: query, at, periodMs: null, limits: undefined };
  const result = await placed(query, () => withBar(own, (context) => own.engine.handlers['kql.run'](params, context)));
  const { notes, rows, truncated } = result;
  for (const note of notes) process.stderr.write(`${note}\n`);
  if (truncated) process.stderr.write(`Only the first ${rows.length} rows are written.\n`);
  const json = { schema: 'doppel.kql/1', columns: columnTexts(result), rows: jsonRows(result), truncated, notes };
  const texts = { csv: () => csvOf(result), json: () => `${JSON.stringify(json)}\n`, table: () => tableOf(result) };
  await writeToStdout([texts[format]()]);
}
