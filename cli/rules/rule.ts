import { basename } from 'node:path';
import { DEFAULT_PARAMETERS, OPEN_SESSIONS } from '../../shared/domain';
import type { Rule, RuleRunParams } from '../../shared/rules';
import { RULE_VARIANTS } from '../../shared/rules';
import { scheduleOf } from '../../engine/rules/read-rule';
import type { Schedule } from '../../engine/rules/read-rule';
import { isoTime } from '../../shared/time';
import { visibleText } from '../../shared/visible-text';
import { FORMATS } from '../detect-arguments';
import { writeToStdout } from '../output/standard-output';
import { choiceOption, durationOption, parseOptions, timeOption, usage } from '../parse-options';
import { placed, textOf } from './kql';
import { nameOf, runText } from './run-text';
import { withEngine } from './with-engine';

const HELP = `doppel rule run RULE.yaml FILE...      run a Sentinel analytic rule or hunting query over a log
  --at T                               evaluation time (the newest event)
  --variant published|published-inner  as it is, or with kind=inner on joins that name no kind
  --trace                              every stage: rows in and out, rows that it keeps and drops, what decides
  --user NAME                          with --trace: this user's rows, where they are lost and on which values
  --format table|csv|json

doppel rule replay RULE.yaml FILE...   every scheduled run over the log: which raise an alert, for whom
  --delay 5m, --variant, --format table|json

doppel rule compare FILE...            the published rule, with kind=inner, and the intended one: who is found by which, and why
  --rule RULE.yaml                     another rule beside them
doppel rule export                     the corrected rule for Microsoft Sentinel
  --format sentinel-yaml|kql, --idle-gap 4h, --min-overlap 0s, --open-sessions last-seen|log-end|ignore, --from T, --to T
`;
const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  at: { type: 'string' },
  variant: { type: 'string' },
  trace: { type: 'boolean' },
  user: { type: 'string' },
  format: { type: 'string' },
  delay: { type: 'string' },
  rule: { type: 'string' },
  'idle-gap': { type: 'string' },
  'min-overlap': { type: 'string' },
  'open-sessions': { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
} as const;

function replayable(rule: Rule, file: string): Schedule {
  const schedule = scheduleOf(rule);
  if (schedule) return schedule;
  throw usage('rule', `${file} has no schedule: only an analytic rule can be replayed.`);
}

/** `doppel rule`. */
export async function rule(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions('rule', args, OPTIONS);
  const [action, ...rest] = positionals;
  if (values.help || action === undefined) {
    await writeToStdout([HELP]);
    return values.help ? 0 : 2;
  }
  const time = (name: 'at' | 'from' | 'to'): number | null => timeOption('rule', `--${name}`, values[name]) ?? null;
  const length = (name: 'delay' | 'idle-gap' | 'min-overlap', otherwise: number): number =>
    durationOption('rule', `--${name}`, values[name]) ?? otherwise;
  const format = (allowed: readonly [string, ...string[]]): string =>
    choiceOption('rule', '--format', allowed, values.format) ?? allowed[0];
  const variant = choiceOption('rule', '--variant', RULE_VARIANTS, values.variant) ?? 'published';

  switch (action) {
    case 'run': {
      const [file = '', ...logs] = rest;
      if (logs.length === 0) throw usage('rule', 'Which RULE.yaml, and which FILE?');
      if (values.user !== undefined && values.trace !== true) throw usage('rule', '--user goes with --trace.');
      const [yaml, how, at] = [await textOf(file), format(FORMATS), time('at')];
      return withEngine(logs, async ({ handlers, context }) => {
        const { rule: read } = await handlers['rule.read']({ file: basename(file), yaml }, context);
        const trace: RuleRunParams['trace'] = values.trace === true ? 'samples' : 'none';
        const { query: kql, periodMs } = read;
        const { user } = values;
        const params = { kql, at, periodMs, variant, trace, user, limits: undefined } as const;
        const run = await placed(kql, async () => handlers['rule.run'](params, context));
        await writeToStdout([runText({ rule: read, run, variant, traced: trace === 'samples', user }, how)]);
        return 0;
      });
    }
    case 'replay': {
      const [file = '', ...logs] = rest;
      if (logs.length === 0) throw usage('rule', 'Which RULE.yaml, and which FILE?');
      const [yaml, how, delayMs] = [await textOf(file), format(['table', 'json']), length('delay', 0)];
      return withEngine(logs, async ({ handlers, context }) => {
        const { rule: read } = await handlers['rule.read']({ file: basename(file), yaml }, context);
        const replay = await handlers['rule.replay']({ ...replayable(read, file), variant, delayMs }, context);
        if (how === 'json') {
          const runs = replay.runs.map((run) => ({ ...run, at: isoTime(run.at) }));
          await writeToStdout([
            `${JSON.stringify({ schema: 'doppel.rule-replay/1', rule: nameOf(read), ...replay, runs })}\n`,
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
    case 'compare': {
      if (rest.length === 0) throw usage('rule', 'Which FILE?');
      const named = values.rule === undefined ? undefined : { file: values.rule, yaml: await textOf(values.rule) };
      return withEngine(rest, async ({ handlers, context }) => {
        await handlers['detection.run']({ parameters: DEFAULT_PARAMETERS }, context);
        const read = named && (await handlers['rule.read']({ ...named, file: basename(named.file) }, context)).rule;
        const other = read && replayable(read, named.file);
        const found = await handlers['rule.compare']({ other }, context);
        const { published, publishedInner, intended, differences } = found;
        const beside = found.other === null ? '' : `, ${named?.file} ${found.other}`;
        const lines = [
          `users found: published ${published}, with kind=inner ${publishedInner}, intended ${intended}${beside}`,
          ...differences.map((each) => {
            const by = [
              ...(each.publishedInner ? ['kind=inner'] : []),
              ...(each.intended ? ['intended'] : []),
              ...(each.other === true ? [named?.file] : []),
            ];
            return `  ${visibleText(each.user)} (found by ${by.join(', ') || 'none'}): ${each.reason}`;
          }),
        ];
        await writeToStdout([`${lines.join('\n')}\n`]);
        return 0;
      });
    }
    case 'export': {
      const parameters = {
        idleGapMs: length('idle-gap', DEFAULT_PARAMETERS.idleGapMs),
        minOverlapMs: length('min-overlap', DEFAULT_PARAMETERS.minOverlapMs),
        openSessions:
          choiceOption('rule', '--open-sessions', OPEN_SESSIONS, values['open-sessions']) ??
          DEFAULT_PARAMETERS.openSessions,
        fromMs: time('from'),
        toMs: time('to'),
      };
      if (parameters.fromMs !== null && parameters.toMs !== null && parameters.fromMs >= parameters.toMs) {
        throw usage('rule', '--from must be earlier than --to.');
      }
      const kind = choiceOption('rule', '--format', ['sentinel-yaml', 'kql'], values.format) ?? 'sentinel-yaml';
      return withEngine([], async ({ handlers, context }) => {
        const { text } = await handlers['rule.export']({ format: kind, parameters }, context);
        await writeToStdout([text]);
        return 0;
      });
    }
    default:
      throw usage('rule', `There is no "doppel rule ${action}".`);
  }
}
