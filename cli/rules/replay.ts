import { isoTime } from '../../shared/time';
import { visibleText } from '../../shared/visible-text';
import { LOG_HELP } from '../log/log-options';
import { withLog } from '../log/with-log';
import { writeToStdout } from '../output/standard-output';
import { choiceOption, durationOption, parseOptions } from '../parse-options';
import { RULE_OPTIONS, VARIANT_HELP, parseVariant, readRule, scheduled, ruleAndLog } from './rule-file';
import { nameOf } from './run-text';

const COMMAND = 'rule replay';
const HELP = `doppel rule replay RULE.yaml FILE... [options]: every scheduled run over the log: which raise an alert, for whom

  --delay 5m                how long after its time Sentinel has a record (0s)
${VARIANT_HELP}  --format table|json       how to write the result (table)

${LOG_HELP}
`;

/** `doppel rule replay`. Returns the exit code. */
export async function replayRule(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(COMMAND, args, { ...RULE_OPTIONS, delay: { type: 'string' } });
  if (values.help) {
    await writeToStdout([HELP]);
    return 0;
  }
  const delayMs = durationOption(COMMAND, '--delay', values.delay) ?? 0;
  const variant = parseVariant(COMMAND, values.variant);
  const format = choiceOption(COMMAND, '--format', ['table', 'json'], values.format) ?? 'table';
  const { file, yaml, log } = await ruleAndLog(COMMAND, positionals, values);
  return withLog(log, async (own) => {
    const rule = await readRule(own, file, yaml);
    const params = { ...scheduled(rule), variant, delayMs };
    const replay = await own.engine.handlers['rule.replay'](params, own.context);
    if (format === 'json') {
      const runs = replay.runs.map((run) => ({ ...run, at: isoTime(run.at) }));
      await writeToStdout([
        `${JSON.stringify({ schema: 'doppel.rule-replay/1', rule: nameOf(rule), ...replay, runs })}\n`,
      ]);
      return 0;
    }
    const alerts = replay.runs.filter(({ alert }) => alert);
    const lines = [
      ...replay.notes,
      `${alerts.length} of ${replay.runs.length} runs raise an alert, for ${replay.users.length} users.`,
      ...replay.users.map(({ user, runs, firstAlert, lastAlert }) => {
        return `  ${visibleText(user)}: ${runs} ${runs === 1 ? 'run' : 'runs'}, ${isoTime(firstAlert)} to ${isoTime(lastAlert)}`;
      }),
    ];
    await writeToStdout([`${lines.join('\n')}\n`]);
    return 0;
  });
}
