import { alertRuns } from '../../shared/alert-runs';
import { isoTime } from '../../shared/time';
import { visibleText } from '../../shared/visible-text';
import { LOG_HELP } from '../log/log-options';
import { withLog } from '../log/with-log';
import { writeToStdout } from '../output/standard-output';
import { choiceOption, durationOption, parseOptions } from '../parse-options';
import { RULE_OPTIONS, VARIANT_HELP, parseVariant, readRule, scheduled, ruleAndLog } from './rule-file';
import { nameOf } from './run-text';
import { placed } from './placed';
import { withBar } from './with-bar';

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
    const replay = await placed(rule.query, () =>
      withBar(own, (context) => own.engine.handlers['rule.replay'](params, context)),
    );
    if (format === 'json') {
      const runs = replay.runs.map((run) => ({ ...run, at: isoTime(run.at) }));
      const users = replay.users.map(({ firstAlert, lastAlert, ...each }) => {
        return { ...each, firstAlert: isoTime(firstAlert), lastAlert: isoTime(lastAlert) };
      });
      const told = { rule: { ...nameOf(rule), variant }, runs, users, notes: replay.notes };
      await writeToStdout([`${JSON.stringify({ schema: 'doppel.rule-replay/1', ...told })}\n`]);
      return 0;
    }
    const alerts = alertRuns(replay.runs);
    const lines = [
      ...replay.notes,
      `${alerts.length} of ${replay.runs.length} runs raise an alert, for ${countOf(replay.users.length, 'user')}.`,
      ...alerts.map(({ at, rows, users, again }) => {
        const before = again === 0 ? '' : again === users.length ? ' (all told before)' : ` (${again} told before)`;
        return `  ${isoTime(at)}  ${countOf(rows, 'row')}${users.length > 0 ? `: ${namesOf(users)}` : ''}${before}`;
      }),
      ...(replay.users.length > 0 ? ['How often the same again:'] : []),
      ...replay.users.map(({ user, runs, firstAlert, lastAlert }) => {
        return `  ${visibleText(user)}: ${countOf(runs, 'run')}, ${isoTime(firstAlert)} to ${isoTime(lastAlert)}`;
      }),
    ];
    await writeToStdout([`${lines.join('\n')}\n`]);
    return 0;
  });
}

const NAMED = 20;

function namesOf(users: readonly string[]): string {
  const more = users.length > NAMED ? ` and ${users.length - NAMED} more` : '';
  return `${visibleText(users.slice(0, NAMED).join(', '))}${more}`;
}
const countOf = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
