import { basename } from 'node:path';
import type { ReplayParams, Rule } from '../../shared/rules';
import { NO_SCHEDULE_WORDS, scheduleOf } from '../../shared/schedule';
import { LOG_OPTIONS, parseLog } from '../log/log-options';
import type { NamedLog } from '../log/log-options';
import type { OwnEngine } from '../own-engine';
import { choiceOption, usage } from '../parse-options';
import { RULE_VARIANTS } from '../../shared/rules';
import type { RuleVariant } from '../../shared/rules';
import { textOf } from './text-of';

/** What every action on a rule over a log can be told. */
export const RULE_OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  format: { type: 'string' },
  variant: { type: 'string' },
  ...LOG_OPTIONS,
} as const;

export const VARIANT_HELP = `  --variant published|published-inner
                            as it is, or with kind=inner on joins that name no kind (published)
`;

/** Throws `usage` for a word that names no variant. */
export function parseVariant(command: string, text: string | undefined): RuleVariant {
  return choiceOption(command, '--variant', RULE_VARIANTS, text) ?? 'published';
}

/** The rule and the log that `RULE.yaml FILE...` name. Throws `usage`, or `file-missing` for the rule. */
export async function ruleAndLog(
  command: string,
  positionals: string[],
  values: Parameters<typeof parseLog>[2],
): Promise<{ file: string; yaml: string; log: NamedLog }> {
  const [file = '', ...logs] = positionals;
  if (logs.length === 0) throw usage(command, 'Which RULE.yaml, and which FILE?');
  return { file, yaml: await textOf(file), log: parseLog(command, logs, values) };
}

/** Throws `rule-invalid`, naming the file and the line. */
export async function readRule({ engine, context }: OwnEngine, file: string, yaml: string): Promise<Rule> {
  return (await engine.handlers['rule.read']({ file: basename(file), yaml }, context)).rule;
}

/** What replaying the rule takes; that it has no schedule of its own is said. */
export function scheduled(rule: Rule): Omit<ReplayParams, 'delayMs'> {
  if (rule.kind === 'hunting') process.stderr.write(`${NO_SCHEDULE_WORDS}\n`);
  return { kql: rule.query, variant: 'published', ...scheduleOf(rule) };
}
