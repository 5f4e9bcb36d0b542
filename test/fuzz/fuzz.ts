import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../../engine/handlers';
import { channelPair } from '../../shared/channel';
import type { Result } from '../../shared/contract';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import type { InputSummary, LogSummary } from '../../shared/domain';
import { DoppelError, messageOf } from '../../shared/errors';
import type { ErrorCode } from '../../shared/errors';
import { connect, serve } from '../../shared/rpc';
import { defectsOf, ownAccount, wrongTotals } from './accounts';
import type { Known } from './accounts';
import type { FuzzInput } from './inputs';

/** How Doppel may say no to a file; any other code is a defect. */
const REFUSALS: readonly ErrorCode[] = [
  'unsupported-format',
  'damaged-archive',
  'no-zpa-records',
  'mapping-needed',
  'bad-choice',
  'file-unreadable',
  'handover-damaged',
];
/** Of the processor, which others may use meanwhile. */
const HANG_MS = 30_000;
const LOOK_MS = 1000;
const EVIDENCE_LOOKED_AT = 50;

/** What came of one input. */
export interface Outcome {
  /** `whole`, `rejects`, `incomplete`, `no users`, or why nothing of it was read. */
  ended: string;
  defects: string[];
  /** Its accounts: one a log in it. */
  accounts: string[];
  events: number;
}

export interface Fuzzer {
  /** Opens the inputs as one log and runs the rule over it; one outcome an input. */
  open(inputs: readonly FuzzInput[], isNamed?: boolean): Promise<Outcome[]>;
  /** Closes the engine; throws when it leaves a temporary file. */
  close(): Promise<void>;
}

/** One engine for many inputs. Those at hand lie in `folder`, so that they are there when the process dies or hangs. */
export function createFuzzer(folder: string, known: ReadonlyMap<string, Known>): Fuzzer {
  const atHand = join(folder, 'at-hand');
  mkdirSync(atHand, { recursive: true });
  const tempFolder = mkdtempSync(join(tmpdir(), 'doppel-fuzz-'));
  const engine = createEngine({ tempFolder });
  const [here, there] = channelPair();
  serve(there, engine.handlers);
  const client = connect(here);

  async function read(inputs: readonly FuzzInput[], isNamed: boolean): Promise<Outcome[]> {
    const handles = await engine.offer(
      inputs.map((_, index) => ({ path: join(atHand, `${index}`), name: `${index}`, isFound: !isNamed })),
    );
    const choices = Object.fromEntries(handles.map(({ id }, index) => [id, inputs[index]?.choices ?? {}]));
    const log = await client.call('log.open', { files: handles.map(({ id }) => id), choices });
    await client.call('detection.run', { parameters: DEFAULT_PARAMETERS });
    const outcomes = inputs.map((input, index) => outcomeOf(input, String(index), log, known));
    outcomes[0]?.defects.push(...wrongTotals(log), ...(await wrongEvidence(log)));
    return outcomes;
  }

  /** The lists that stand behind the numbers: as long as these, and each text where it is said to be. */
  async function wrongEvidence(log: LogSummary): Promise<string[]> {
    const rejected = await client.call('rejected.page', { offset: 0, limit: EVIDENCE_LOOKED_AT });
    const events = await client.call('events.page', {
      offset: 0,
      limit: 1,
      sort: { by: 'time', descending: false },
    });
    return [
      ...(rejected.total === log.rejected ? [] : [`${rejected.total} rejected are listed of ${log.rejected}`]),
      ...(events.total === log.events ? [] : [`${events.total} events are listed of ${log.events}`]),
      ...rejected.rows.flatMap((row) => misplaced(row, atHand)),
    ];
  }

  return {
    open: async (inputs, isNamed = false) => {
      for (const [index, { bytes }] of inputs.entries()) writeFileSync(join(atHand, `${index}`), bytes);
      const all = (ended: string, defects: string[]): Outcome[] =>
        inputs.map((_, index) => ({ ended, defects: index === 0 ? defects : [], accounts: [], events: 0 }));
      const before = process.cpuUsage();
      let timer: NodeJS.Timeout | undefined;
      const hang = new Promise<Outcome[]>((resolve) => {
        timer = setInterval(() => {
          const { user, system } = process.cpuUsage(before);
          if ((user + system) / 1000 > HANG_MS) resolve(all('hang', [`no answer after ${HANG_MS / 1000} s`]));
        }, LOOK_MS);
      });
      try {
        const outcomes = await Promise.race([read(inputs, isNamed), hang]);
        const left = readdirSync(tempFolder);
        if (left.length > 1) outcomes[0]?.defects.push(`temporary folders left: ${left.join(', ')}`);
        return outcomes;
      } catch (error) {
        if (error instanceof DoppelError && REFUSALS.includes(error.code)) return all(error.code, []);
        const code = error instanceof DoppelError ? error.code : 'no DoppelError';
        return all('error', [`${code}: ${messageOf(error)}`]);
      } finally {
        clearInterval(timer);
      }
    },
    close: async () => {
      client.close();
      await engine.close();
      const left = readdirSync(tempFolder);
      rmSync(tempFolder, { recursive: true });
      rmSync(atHand, { recursive: true });
      if (left.length > 0) throw new Error(`the engine leaves ${left.join(', ')}`);
    },
  };
}

/** What came of the file `name`, which is an archive perhaps. */
function outcomeOf(made: FuzzInput, name: string, log: LogSummary, known: ReadonlyMap<string, Known>): Outcome {
  const isOf = (other: string): boolean => other === name || other.startsWith(`${name} › `);
  const inputs = log.inputs.filter((input) => isOf(input.name));
  const archives = log.archives?.filter((archive) => isOf(archive.name)) ?? [];
  const leftOut = log.leftOut?.rows.filter((row) => isOf(row.name)) ?? [];
  const defects = inputs.flatMap((input) => defectsOf(input, made, known));
  if (inputs.length + archives.length + leftOut.length === 0) defects.push('nothing is said about it');
  return {
    ended: inputs.length === 0 ? `left out: ${leftOut[0]?.reason ?? 'no entries'}` : endingOf(inputs, archives),
    defects,
    accounts: inputs.map(ownAccount),
    events: inputs.reduce((sum, { events }) => sum + events, 0),
  };
}

function endingOf(inputs: readonly InputSummary[], archives: readonly { incomplete?: string | undefined }[]): string {
  if ([...inputs, ...archives].some(({ incomplete }) => incomplete !== undefined)) return 'incomplete';
  if (inputs.every(({ events }) => events === 0)) return 'no events';
  return inputs.some(({ rejected }) => rejected > 0) ? 'rejects' : 'whole';
}

/** A text of which the byte is named stands there in the file. */
function misplaced(
  { path, line, offset, raw, problem }: Result<'rejected.page'>['rows'][number],
  folder: string,
): string[] {
  if (problem !== null || raw === null) return [`the text of line ${line} is not found: ${problem}`];
  if (offset === null) return [];
  // what is no UTF-8 is longer as text, and its end may be half a character
  const there = readFileSync(join(folder, path)).toString('utf8', offset, offset + Buffer.byteLength(raw) + 4);
  return there.startsWith(raw.replace(/\ufffd+$/u, ''))
    ? []
    : [`at byte ${offset} of file ${path}, line ${line}, stands another text`];
}
