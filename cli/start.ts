/** `npm start [-- FILE...]`: the desktop app where it can run, else the same app in the browser. */
import { DEFAULT_LIMITS } from '../shared/sources';
import { runDesktop } from './desktop';
import { namedFiles } from './log/named-files';
import { projectRoot } from './project-root';
import { runCommand } from './run-command';
import { parseServeArguments } from './serve/arguments';
import { serve } from './serve/serve';

async function start(args: string[]): Promise<number> {
  // what is wrong with the arguments is wrong in both shells
  const parsed = parseServeArguments(args);
  if (parsed === 'help') return serve(args);
  const files = await namedFiles(parsed.files);
  // the desktop app has no such options, and an archive must not unpack further than the user said
  const { maxExpansion, keepFreeBytes } = parsed.limits;
  if (maxExpansion !== DEFAULT_LIMITS.maxExpansion || keepFreeBytes !== DEFAULT_LIMITS.keepFreeBytes) {
    process.stderr.write('--max-expansion and --keep-free are for the browser: starting the app there.\n');
    return serve(args);
  }
  const desktop = await runDesktop(
    projectRoot(),
    files.map(({ path }) => path),
  );
  if (typeof desktop === 'number') return desktop;
  process.stderr.write(`The desktop app cannot start here: ${desktop}. Starting it in the browser instead.\n`);
  return serve(args);
}

await runCommand(start);
