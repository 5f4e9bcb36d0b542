#!/usr/bin/env node
/** `doppel`: the first word is the command, the rest are its own arguments. */
import { existsSync } from 'node:fs';
import { DoppelError } from '../shared/errors';
import { VERSION } from '../shared/version';
import { didYouMean } from './nearest';
import { writeToStdout } from './output/standard-output';
import { runCommand } from './run-command';

const HELP = `doppel ${VERSION}: which ZPA users were at two source IPs at once?

  doppel detect FILE...     find them and write the findings (table, CSV or JSON)
  doppel serve [FILE...]    open the investigation app in the browser, on this machine only

  doppel rule ACTION        run, replay or compare a Sentinel rule over a log, or export the corrected one
  doppel kql QUERY [FILE...] run a KQL query over the table ZPAEvent

  doppel readings           list, rename and delete the saved ways to read files

  doppel COMMAND --help     the options of a command
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
    await writeToStdout([`${VERSION}\n`]);
    return 0;
  }
  if (command === undefined) {
    process.stderr.write(HELP);
    return 2;
  }
  if (command === '--help' || command === '-h' || command === 'help') {
    const [about] = args;
    if (about !== undefined) return (await commandNamed(about))(['--help']);
    await writeToStdout([HELP]);
    return 0;
  }
  return (await commandNamed(command))(args);
}

async function commandNamed(name: string): Promise<(args: string[]) => Promise<number>> {
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load) return load();
  const hint = didYouMean(name, [...Object.keys(COMMANDS), '--help', '--version']);
  const is = existsSync(name) ? ` To look at a log: doppel detect ${name}.` : '';
  throw new DoppelError('usage', `There is no command "${name}".${hint || is} See doppel --help.`);
}

await runCommand(main);
