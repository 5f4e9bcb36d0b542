import { basename } from 'node:path';
import { cappedInWords } from '../shared/account-words';
import type { DetectionSummary, Parameters } from '../shared/domain';
import { findingsJson } from '../shared/findings-json';
import { manifestText } from '../shared/manifest';
import type { Run, Shown } from '../shared/manifest';
import { DETECT_HELP, parseDetectArguments } from './detect-arguments';
import type { DetectArguments } from './detect-arguments';
import { writeMapping } from './log/mapping-file';
import { withLog } from './log/with-log';
import { csvPieces, recordCsvPieces } from './output/csv';
import { Digest } from './output/digest';
import { recordJsonPieces, recordTablePieces, userKeyOf } from './output/records';
import { writeToStdout } from './output/standard-output';
import { tablePieces } from './output/table';
import { checkNoInput, checkOutput, writeWhole } from './output/whole-file';
import type { OwnEngine } from './own-engine';
import { progressBar } from './progress-bar';

/** `doppel detect`: opens the files as one log, runs the intended rule, writes the result. Returns the exit code. */
export async function detect(args: string[]): Promise<number> {
  const parsed = parseDetectArguments(args);
  if (parsed === 'help') {
    await writeToStdout([DETECT_HELP]);
    return 0;
  }
  const { log: named, parameters, saveMapping, ...wanted } = parsed;
  const outputs = [wanted.out, wanted.manifest, saveMapping].filter((path) => path !== undefined);
  for (const path of outputs) await checkOutput(path);
  return withLog(named, async (own, log) => {
    const archives = log.archives?.map(({ name }) => name) ?? [];
    await checkNoInput(outputs, [...named.files, ...archives, ...log.inputs.map(({ path }) => path)]);
    if (saveMapping !== undefined) await writeMapping(saveMapping, log);
    const detection = await detected(own, parameters);
    const info = await own.client.call('app.info', {}, { signal: own.context.signal });
    await write(own, { info, log, detection }, wanted);
    return 0;
  });
}

/** Runs the intended rule over the open log. */
async function detected({ client, context }: OwnEngine, parameters: Parameters): Promise<DetectionSummary> {
  const bar = progressBar(process.stderr);
  try {
    const options = { signal: context.signal, onProgress: bar.show };
    const detection = await client.call('detection.run', { parameters }, options);
    bar.clear();
    if (detection.cappedUsers > 0) process.stderr.write(`${cappedInWords(detection.cappedUsers)}\n`);
    return detection;
  } finally {
    bar.clear();
  }
}

/** Writes the result, and then its manifest where one is wanted. */
async function write(
  { client, context: { signal } }: OwnEngine,
  run: Run,
  { format, out, raw, manifest, evidence }: Pick<DetectArguments, 'format' | 'out' | 'raw' | 'manifest' | 'evidence'>,
): Promise<void> {
  const at = Date.now();
  const { detection } = run;
  let shown: Shown = { kind: format === 'csv' ? 'overlaps' : 'findings' };
  let pieces: AsyncIterable<string>;
  if (evidence === undefined) {
    pieces = {
      table: () => tablePieces(client, detection, signal),
      csv: () => csvPieces(client, raw, signal),
      json: () => findingsJson(client, run, at, { signal }),
    }[format]();
  } else {
    const user = await userKeyOf(client, evidence, signal);
    shown = { kind: 'records', user };
    pieces = {
      table: () => recordTablePieces(client, user, signal),
      csv: () => recordCsvPieces(client, user, raw, signal),
      json: () => recordJsonPieces(client, run, user, at, signal),
    }[format]();
  }
  const digest = new Digest();
  const counted = digest.through(pieces);
  await (out === undefined ? writeToStdout(counted) : writeWhole(out, counted));
  if (manifest === undefined) return;
  const file = {
    name: out === undefined ? 'standard output' : basename(out),
    bytes: digest.bytes,
    sha256: digest.sha256(),
  };
  await writeWhole(manifest, [manifestText(run, shown, file, at)]);
}
