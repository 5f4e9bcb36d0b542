#!/usr/bin/env node
/** `doppel`: the first word is the command, the rest are its own arguments. */
import { DoppelError, messageOf } from '../shared/errors';
import { VERSION } from '../shared/version';
import { visibleText } from '../shared/visible-text';

const HELP = `doppel ${VERSION}: which ZPA users were at two source IPs at once?

  doppel detect FILE...   find them and write the findings (table, CSV or JSON)
  doppel serve [FILE...]  open the investigation app in the browser, on this machine only

  doppel rule run|replay|compare|export
                          run a Sentinel rule over a log, or write the corrected one
  doppel kql QUERY [LOG...]
                          run a KQL query over the table ZPAEvent

  doppel readings         list, rename and delete the saved ways to read files

  doppel COMMAND --help   the options of a command
  doppel --version
`;

/** Commands are loaded when they are called: the help does not wait for the engine. */
const COMMANDS: Record<string, () => Promise<(args: string[]) => Promise<number>>> = {
  detect: async () => (await import('./detect')).detect,
  kql: async () => (await import('./rules/kql')).kql,
  readings: async () => (await import('./readings')).readings,
  rule: async () => (await import('./rules/rule')).rule,
  serve: async () => (await import('./serve/serve')).serve,
};

async function main([command, ...args]: string[]): Promise<number> {
  if (command === '--version' || command === '-v') {
    process.stdout.write(`${VERSION}\n`);
    return 0;
  }
  if (command === undefined || command === '--help' || command === '-h' || command === 'help') {
    (command === undefined ? process.stderr : process.stdout).write(HELP);
    return command === undefined ? 2 : 0;
  }
  const load = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (!load) throw new DoppelError('usage', `There is no command "${command}". See doppel --help.`);
  return (await load())(args);
}

// exitCode, not exit(): what is still on its way to a pipe is written first
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`doppel: ${visibleText(messageOf(error))}\n`);
  process.exitCode = error instanceof DoppelError && error.code === 'usage' ? 2 : 1;
}
