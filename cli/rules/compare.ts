import { gainedAndLost } from '../../shared/compare-words';
import { visibleText } from '../../shared/visible-text';
import { LOG_HELP, LOG_OPTIONS, parseLog } from '../log/log-options';
import { withLog } from '../log/with-log';
import { writeToStdout } from '../output/standard-output';
import { PARAMETER_HELP, PARAMETER_OPTIONS, parseParameters } from '../parameter-options';
import { choiceOption, parseOptions, usage } from '../parse-options';
import { readRule, scheduled } from './rule-file';
import { placed } from './placed';
import { textOf } from './text-of';
import { withBar } from './with-bar';

const COMMAND = 'rule compare';
const HELP = `doppel rule compare FILE... [options]: the published rule, with kind=inner, and the intended one: who is found by
which, and why

  --rule RULE.yaml          another rule beside them
  --format table|json       how to write the result (table)

What the intended rule is told:
${PARAMETER_HELP}
${LOG_HELP}
`;
const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  format: { type: 'string' },
  rule: { type: 'string' },
  ...PARAMETER_OPTIONS,
  ...LOG_OPTIONS,
} as const;

/** `doppel rule compare`. Returns the exit code. */
export async function compareRules(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(COMMAND, args, OPTIONS);
  if (values.help) {
    await writeToStdout([HELP]);
    return 0;
  }
  if (positionals.length === 0) throw usage(COMMAND, 'Which FILE?');
  const parameters = parseParameters(COMMAND, values);
  const format = choiceOption(COMMAND, '--format', ['table', 'json'], values.format) ?? 'table';
  const file = values.rule;
  const yaml = file === undefined ? undefined : await textOf(file);
  return withLog(parseLog(COMMAND, positionals, values), async (own) => {
    const { handlers } = own.engine;
    await withBar(own, (context) => handlers['detection.run']({ parameters }, context));
    const other = file === undefined || yaml === undefined ? undefined : scheduled(await readRule(own, file, yaml));
    const found = await placed(other?.kql ?? '', () =>
      withBar(own, (context) => handlers['rule.compare']({ other }, context)),
    );
    if (format === 'json') {
      await writeToStdout([
        `${JSON.stringify({ schema: 'doppel.rule-comparison/1', rule: file ?? null, ...found })}\n`,
      ]);
      return 0;
    }
    const { published, publishedInner, intended, differences } = found;
    const beside = found.other === null ? '' : `, ${file} ${found.other}`;
    const lines = [
      `users found: published ${published}, with kind=inner ${publishedInner}, intended ${intended}${beside}`,
      ...gainedAndLost(found),
      ...differences.map((each) => {
        const by = [
          ...(each.publishedInner ? ['kind=inner'] : []),
          ...(each.intended ? ['intended'] : []),
          ...(each.other === true ? [file] : []),
        ];
        return `  ${visibleText(each.user)} (found by ${by.join(', ') || 'none'}): ${each.reason}`;
      }),
    ];
    await writeToStdout([`${lines.join('\n')}\n`]);
    return 0;
  });
}
