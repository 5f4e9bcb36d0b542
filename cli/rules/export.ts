import { writeToStdout } from '../output/standard-output';
import { withOwnEngine } from '../own-engine';
import { PARAMETER_HELP, PARAMETER_OPTIONS, parseParameters } from '../parameter-options';
import { choiceOption, parseOptions, usage } from '../parse-options';

const COMMAND = 'rule export';
const HELP = `doppel rule export [options]: the corrected rule for Microsoft Sentinel, to stdout

  --format sentinel-yaml|kql
                            an analytic rule, or its query alone (sentinel-yaml)
${PARAMETER_HELP}`;

/** `doppel rule export`. Returns the exit code. */
export async function exportRule(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(COMMAND, args, {
    help: { type: 'boolean', short: 'h' },
    format: { type: 'string' },
    ...PARAMETER_OPTIONS,
  });
  if (values.help) {
    await writeToStdout([HELP]);
    return 0;
  }
  const [extra] = positionals;
  if (extra !== undefined) throw usage(COMMAND, `It takes no FILE, and so not "${extra}".`);
  const parameters = parseParameters(COMMAND, values);
  const format = choiceOption(COMMAND, '--format', ['sentinel-yaml', 'kql'], values.format) ?? 'sentinel-yaml';
  return withOwnEngine(async ({ engine, context }) => {
    const { text } = await engine.handlers['rule.export']({ format, parameters }, context);
    await writeToStdout([text]);
    return 0;
  });
}
