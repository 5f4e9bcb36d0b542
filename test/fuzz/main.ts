/** `npm run fuzz`: opens damaged and hostile logs, and keeps every input that Doppel does not deal with as it should. */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createFuzzer } from './fuzz';
import { goldenSamples, inputMaker } from './inputs';

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    folder: { type: 'string', default: join(tmpdir(), 'doppel-fuzz-failures') },
  },
});
const inputs = Number(values.inputs);
const seed = Number(values.seed);
if (!Number.isSafeInteger(inputs) || !Number.isSafeInteger(seed))
  throw new Error('--inputs and --seed are whole numbers');

const say = (line: string): boolean => process.stdout.write(`${line}\n`);
const make = inputMaker(goldenSamples());
const fuzzer = createFuzzer(values.folder);
const endings: Record<string, number> = {};
let defects = 0;
say(`seed ${seed}, ${inputs} inputs; those that fail are kept in ${values.folder}`);
for (let index = 0; index < inputs; index++) {
  const input = make(seed + index);
  const result = await fuzzer.check(input);
  const ended = 'defect' in result ? 'defect' : result.ended;
  endings[ended] = (endings[ended] ?? 0) + 1;
  if ('defect' in result) {
    defects++;
    const kept = join(values.folder, `input-${seed + index}`);
    writeFileSync(kept, input.bytes);
    say(
      `DEFECT ${input.name}: ${result.defect}\n  ${kept}\n  again: npm run fuzz -- --inputs 1 --seed ${seed + index}`,
    );
  }
  if ((index + 1) % 1000 === 0)
    say(`${index + 1} inputs, the last with seed ${seed + index}: ${JSON.stringify(endings)}`);
}
await fuzzer.close();
say(`${inputs} inputs, ${defects} defects: ${JSON.stringify(endings)}`);
if (defects > 0) process.exitCode = 1;
