/** `npm run fuzz`: opens damaged and hostile logs, and keeps every input that Doppel does not deal with as it should. */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from '../../shared/errors';
import { createFuzzer } from './fuzz';
import { goldenSamples, inputMaker } from './inputs';
import { knownSamples } from './known';
import { fuzzRun } from './run';

const USAGE = `Usage: npm run fuzz -- [--inputs 1000] [--seed N] [--together 50] [--alone-every 10] [--folder PATH]
  --inputs N       how many, with the seeds from --seed on (any)
  --together N     so many are opened as one log
  --alone-every N  every Nth is opened alone too
  --folder PATH    where those that fail are kept`;

function argumentsOf(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      help: { type: 'boolean' },
      inputs: { type: 'string', default: '1000' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
      together: { type: 'string', default: '50' },
      'alone-every': { type: 'string', default: '10' },
      folder: { type: 'string', default: join(tmpdir(), 'doppel-fuzz-failures') },
    },
  });
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  const whole = (text: string): number => {
    const number = Number(text);
    if (Number.isSafeInteger(number) && number > 0) return number;
    throw new Error(`"${text}" is no whole number from 1 on.`);
  };
  return {
    folder: values.folder,
    inputs: whole(values.inputs),
    seed: whole(values.seed),
    together: whole(values.together),
    aloneEvery: whole(values['alone-every']),
  };
}

function wrongUsage(error: unknown): never {
  console.error(`${messageOf(error)}\n${USAGE}`);
  return process.exit(2);
}

let asked;
try {
  asked = argumentsOf(process.argv.slice(2));
} catch (error) {
  asked = wrongUsage(error);
}
const { folder, ...options } = asked;
const REPORT_EVERY = 1000;

const say = (line: string): boolean => process.stdout.write(`${line}\n`);
const samples = goldenSamples();
const fuzzer = createFuzzer(folder, await knownSamples(samples, join(folder, 'samples')));
const started = Date.now();
const { seed, together, inputs } = options;
say(`seeds ${seed} to ${seed + inputs - 1}, ${together} inputs a log; those that fail are kept in ${folder}`);
let defects = 0;
const tally = await fuzzRun(
  { ...options, make: inputMaker(samples), fuzzer },
  (defect) => {
    defects += 1;
    const kept = join(folder, `input-${defect.seed}`);
    writeFileSync(kept, defect.input.bytes);
    const how = defect.isAlone ? 'alone' : `with those from seed ${defect.seed - ((defect.seed - seed) % together)} on`;
    say(`DEFECT ${defect.input.name}, ${how}: ${defect.defects.join('; ')}`);
    say(`  ${kept}\n  again: npm run fuzz -- --inputs 1 --seed ${defect.seed}`);
  },
  (soFar) => {
    if (soFar.inputs % REPORT_EVERY < together) report(soFar);
  },
);
await fuzzer.close();
report(tally);
say(`${inputs} inputs, ${defects} defects`);
if (defects > 0) process.exitCode = 1;

function report(soFar: typeof tally): void {
  const { user, system } = process.cpuUsage();
  const ms = Math.round((user + system) / 1000 / soFar.inputs);
  const rss = Math.round(process.memoryUsage().rss / 1e6);
  say(`${JSON.stringify(soFar)} ${Math.round((Date.now() - started) / 1000)} s, ${ms} ms of processor each, ${rss} MB`);
}
