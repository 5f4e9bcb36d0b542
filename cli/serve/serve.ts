import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeTempFolder, removeLeftovers } from '../../engine/temp-folder';
import { DoppelError } from '../../shared/errors';
import { namedFiles } from '../log/named-files';
import { writeToStdout } from '../output/standard-output';
import { projectRoot } from '../project-root';
import { STOP_SIGNALS } from '../stop-signals';
import { SERVE_HELP, parseServeArguments } from './arguments';
import { openBrowser } from './browser';
import { EngineProcess } from './engine-process';
import { startWebShell } from './web-shell';
import type { WebShell } from './web-shell';

/**
 * `doppel serve`: the app in the browser, on this machine only. Prints one line, the address. Resolves to the exit code
 * once the user has stopped it; by then no process, port or temporary file of it is left.
 */
export async function serve(args: string[]): Promise<number> {
  const parsed = parseServeArguments(args);
  if (parsed === 'help') {
    await writeToStdout([SERVE_HELP]);
    return 0;
  }
  const files = await namedFiles(parsed.files);
  if (parsed.case !== undefined && (await stat(parsed.case).catch(() => undefined))?.isDirectory() === false) {
    throw new DoppelError('usage', `--case takes a folder, and ${parsed.case} is a file. See doppel serve --help.`);
  }
  const stopped = untilStopped();
  const root = projectRoot();
  const folder = await makeTempFolder();
  const engine = new EngineProcess({
    file: join(root, 'dist/node/engine.js'),
    args: [join(folder.path, 'open-log'), folder.path],
    sample: join(root, 'samples/day.ndjson'),
    limits: parsed.limits,
    onCrash: (reason, gaveUp) => {
      process.stderr.write(`The engine failed: ${reason}. ${gaveUp ? '' : 'It is started again.'}\n`);
      if (gaveUp) stopped.fail(new DoppelError('internal', 'The engine cannot be started. Install Doppel again.'));
    },
  });
  // SIGTERM and a closed pipe let it write its last snapshot; what was decided is on disk already
  const keeper = new EngineProcess({
    file: join(root, 'dist/node/case.js'),
    args: [parsed.case === undefined ? '' : resolve(parsed.case), 'user', join(folder.path, 'open-case')],
    onCase: (told) => engine.tellCase(told),
    onCrash: (reason, gaveUp) => {
      const next = gaveUp ? 'Decisions cannot be saved until Doppel is started again.' : 'It is started again.';
      process.stderr.write(`The keeper of the case failed: ${reason}. ${next}\n`);
    },
  });
  let shell: WebShell | undefined;
  try {
    engine.offer(files);
    shell = await startWebShell({
      renderer: join(root, 'dist/renderer'),
      folder: folder.path,
      port: parsed.port,
      open: () => engine.open(),
      openCase: () => keeper.open(),
      offer: (files) => engine.offer(files),
    });
    await writeToStdout([`${shell.url}\n`]);
    if (parsed.open) void showInBrowser(shell.entryUrl());
    return await stopped.promise;
  } finally {
    // all at once: what ends by the same signal as we do is no crash
    await Promise.all([shell?.close(), engine.stop(), keeper.stop()]);
    await folder.remove();
    await removeLeftovers();
    stopped.forget();
  }
}

async function showInBrowser(url: string): Promise<void> {
  if (await openBrowser(url)) return;
  process.stderr.write('No browser could be started. Open the address above in one on this machine.\n');
}

/** Resolves to exit code 0 when the user asks us to stop. */
function untilStopped() {
  let stop: () => void = () => undefined;
  let fail: (error: DoppelError) => void = () => undefined;
  const promise = new Promise<number>((resolve, reject) => {
    stop = () => resolve(0);
    fail = reject;
  });
  // a failure may come before anybody waits for it
  promise.catch(() => undefined);
  for (const signal of STOP_SIGNALS) process.on(signal, stop);
  return {
    promise,
    fail,
    forget: () => {
      for (const signal of STOP_SIGNALS) process.off(signal, stop);
    },
  };
}
