import type { LogSummary } from '../../shared/domain';
import { withOwnEngine } from '../own-engine';
import type { OwnEngine } from '../own-engine';
import { progressBar } from '../progress-bar';
import type { NamedLog } from './log-options';
import { chosenOf } from './mapping-file';
import { namedFiles } from './named-files';
import { problemsOf } from './problems';

/** Runs `work` with the files open as one log, after what does not count in it has been told; returns the exit code. */
export function withLog(named: NamedLog, work: (own: OwnEngine, log: LogSummary) => Promise<number>): Promise<number> {
  return withOwnEngine(async (own) => {
    const log = await open(own, named);
    for (const problem of await problemsOf(own.client, log, own.context.signal)) process.stderr.write(`${problem}\n`);
    return work(own, log);
  });
}

async function open({ engine, client, context }: OwnEngine, named: NamedLog): Promise<LogSummary> {
  // named as the user did, in the output too
  const granted = await namedFiles(named.files, (file) => file);
  const handles = await engine.offer(granted.map((file) => ({ ...file, path: file.name })));
  const files = handles.map(({ id }) => id);
  const chosen = await chosenOf(named);
  const choices = Object.fromEntries(files.map((file) => [file, chosen]));
  const bar = progressBar(process.stderr);
  try {
    const options = { signal: context.signal, onProgress: bar.show };
    return await client.call('log.open', { files, choices, limits: named.limits }, options);
  } finally {
    bar.clear();
  }
}
