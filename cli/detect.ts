import { basename } from 'node:path';
import { channelPair } from '../shared/channel';
import type { FileHandle } from '../shared/contract';
import type { DetectionSummary, LogSummary } from '../shared/domain';
import { DoppelError } from '../shared/errors';
import { findingsJson } from '../shared/findings-json';
import { manifestText } from '../shared/manifest';
import type { Run, Shown } from '../shared/manifest';
import { firstRejected } from '../shared/pages';
import { connect, serve } from '../shared/rpc';
import type { Client } from '../shared/rpc';
import { visibleText } from '../shared/visible-text';
import { accountWords, cappedInWords } from '../shared/account-words';
import { amongEvents, LEFT_OUT_WORDS, REJECT_WORDS } from '../shared/words';
import { DETECT_HELP, parseDetectArguments } from './detect-arguments';
import type { DetectArguments } from './detect-arguments';
import { chosenOf, writeMapping } from './mapping-file';
import { namedFiles } from './named-files';
import { withOwnEngine } from './own-engine';
import { csvPieces, recordCsvPieces } from './output/csv';
import { Digest } from './output/digest';
import { recordJsonPieces, recordTablePieces, userKeyOf } from './output/records';
import { writeToStdout } from './output/standard-output';
import { tablePieces } from './output/table';
import { checkNoInput, checkOutput, writeWhole } from './output/whole-file';
import { progressBar } from './progress-bar';

const REJECTED_SHOWN = 5;
const TEXT_SHOWN = 160;
const LEFT_OUT_SHOWN = 20;

/** `doppel detect`: opens the files as one log, runs the intended rule, writes the result. Returns the exit code. */
export async function detect(args: string[]): Promise<number> {
  const parsed = parseDetectArguments(args);
  if (parsed === 'help') {
    await writeToStdout([DETECT_HELP]);
    return 0;
  }
  return withOwnEngine(async (engine, signal) => {
    const [here, there] = channelPair();
    serve(there, engine.handlers);
    const client = connect(here);
    try {
      // named as the user did, in the output too
      const files = await namedFiles(parsed.files, (file) => file);
      const handles = await engine.offer(files.map((file) => ({ ...file, path: file.name })));
      await run(client, handles, parsed, signal);
      return 0;
    } finally {
      client.close();
    }
  });
}

async function run(
  client: Client,
  handles: readonly FileHandle[],
  { parameters, choices, mapping, reading, saveMapping, limits, ...wanted }: DetectArguments,
  signal: AbortSignal,
): Promise<void> {
  const bar = progressBar(process.stderr);
  let log: LogSummary;
  let detection: DetectionSummary;
  const outputs = [wanted.out, wanted.manifest, saveMapping].filter((path) => path !== undefined);
  for (const path of outputs) await checkOutput(path);
  try {
    const chosen = await chosenOf({ choices, mapping, reading });
    const [files, names] = [handles.map(({ id }) => id), handles.map(({ name }) => name)];
    const byFile = Object.fromEntries(files.map((file) => [file, chosen]));
    log = await client.call('log.open', { files, choices: byFile, limits }, { signal, onProgress: bar.show });
    const archives = log.archives?.map(({ name }) => name) ?? [];
    await checkNoInput(outputs, [...names, ...archives, ...log.inputs.map(({ path }) => path)]);
    if (saveMapping !== undefined) await writeMapping(saveMapping, log);
    detection = await client.call('detection.run', { parameters }, { signal, onProgress: bar.show });
  } finally {
    bar.clear();
  }
  for (const problem of await problems(client, log, detection, signal)) process.stderr.write(`${problem}\n`);
  const info = await client.call('app.info', {}, { signal });
  await write(client, { info, log, detection }, wanted, signal);
}

/** Writes the result, and then its manifest where one is wanted. */
async function write(
  client: Client,
  run: Run,
  { format, out, raw, manifest, evidence }: Pick<DetectArguments, 'format' | 'out' | 'raw' | 'manifest' | 'evidence'>,
  signal: AbortSignal,
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
    if (user === undefined)
      throw new DoppelError('bad-params', `There is no user ${visibleText(evidence)} in the log. Check the spelling.`);
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

/** What the user must know about the input, whatever the output's format: what does not count, and why. */
async function problems(
  client: Client,
  log: LogSummary,
  detection: DetectionSummary,
  signal: AbortSignal,
): Promise<string[]> {
  const lines: string[] = [];
  for (const input of log.inputs) {
    const name = visibleText(input.path);
    if (input.rejected > 0 || Object.keys(input.setAside).length > 0) lines.push(`${name}: ${accountWords(input)}`);
    const among = amongEvents(input);
    if (among !== '') lines.push(`${name}: among the events ${among}`);
    if (input.incomplete !== undefined) lines.push(`${name}: INCOMPLETE: ${input.incomplete}`);
    for (const warning of input.warnings) lines.push(`${name}: ${visibleText(warning)}`);
  }
  for (const { name, incomplete } of log.archives ?? []) {
    if (incomplete !== undefined) lines.push(`${visibleText(name)}: INCOMPLETE: ${incomplete}`);
  }
  for (const { name, reason } of log.leftOut?.rows.slice(0, LEFT_OUT_SHOWN) ?? []) {
    lines.push(`${visibleText(name)}: left out: ${LEFT_OUT_WORDS[reason]}`);
  }
  const more = (log.leftOut?.total ?? 0) - LEFT_OUT_SHOWN;
  if (more > 0) lines.push(`and ${more} more left out`);
  for (const warning of log.warnings) lines.push(`Warning: ${visibleText(warning)}`);
  if (log.rejected > 0) {
    for (const { path, line, reason, raw } of await firstRejected(client, REJECTED_SHOWN, signal)) {
      const text = raw === null ? '' : `: ${shortened(visibleText(raw))}`;
      lines.push(`  ${visibleText(path)}, line ${line}: ${REJECT_WORDS[reason]}${text}`);
    }
    if (log.rejected > REJECTED_SHOWN)
      lines.push(`  and ${log.rejected - REJECTED_SHOWN} more (--format json lists the first 1,000)`);
  }
  if (detection.cappedUsers > 0) lines.push(cappedInWords(detection.cappedUsers));
  return lines;
}

function shortened(text: string): string {
  return text.length > TEXT_SHOWN ? `${text.slice(0, TEXT_SHOWN)}…` : text;
}
