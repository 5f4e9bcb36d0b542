import { FORMATS } from '../detect-arguments';
import { LOG_HELP } from '../log/log-options';
import { withLog } from '../log/with-log';
import { writeToStdout } from '../output/standard-output';
import { choiceOption, parseOptions, timeOption, usage } from '../parse-options';
import { placed } from './placed';
import { RULE_OPTIONS, VARIANT_HELP, parseVariant, readRule, ruleAndLog } from './rule-file';
import { runText } from './run-text';
import { withBar } from './with-bar';

const COMMAND = 'rule run';
const HELP = `doppel rule run RULE.yaml FILE... [options]: run a Sentinel analytic rule or hunting query over a log

  --at T                    evaluation time (the newest event)
${VARIANT_HELP}  --trace                   every stage: rows in and out, rows that it keeps and drops, what decides
  --user NAME               with --trace: this user's rows, where they are lost and on which values
  --format table|csv|json   how to write the result (table)

${LOG_HELP}
`;

/** `doppel rule run`. Returns the exit code. */
export async function runRule(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(COMMAND, args, {
    ...RULE_OPTIONS,
    at: { type: 'string' },
    trace: { type: 'boolean' },
    user: { type: 'string' },
  });
  if (values.help) {
    await writeToStdout([HELP]);
    return 0;
  }
  const { user, trace: traced = false } = values;
  if (user !== undefined && !traced) throw usage(COMMAND, '--user goes with --trace.');
  const at = timeOption(COMMAND, '--at', values.at) ?? null;
  const variant = parseVariant(COMMAND, values.variant);
  const format = choiceOption(COMMAND, '--format', FORMATS, values.format) ?? 'table';
  const { file, yaml, log } = await ruleAndLog(COMMAND, positionals, values);
  return withLog(log, async (own) => {
    const rule = await readRule(own, file, yaml);
    const { query: kql, periodMs } = rule;
    // JSON has samples only of a user who is followed
    const sampled = format === 'table' || user !== undefined;
    const trace = !traced ? 'none' : sampled ? 'samples' : 'counts';
    const params = { kql, at, periodMs, variant, trace, user, limits: undefined } as const;
    const run = await placed(kql, () => withBar(own, (context) => own.engine.handlers['rule.run'](params, context)));
    if (run.truncated) process.stderr.write(`Only the first ${run.rows.length} rows are written.\n`);
    if (format === 'csv') for (const note of run.notes) process.stderr.write(`${note}\n`);
    await writeToStdout([runText({ rule, run, variant, traced, user }, format)]);
    return 0;
  });
}
