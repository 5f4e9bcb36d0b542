/** The short version of `npm run fuzz`: always the same inputs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFuzzer } from './fuzz';
import { goldenSamples, inputMaker } from './inputs';
import { knownSamples } from './known';
import { fuzzRun } from './run';

const INPUTS = 150;

test('damaged and hostile logs are read or refused, and all records accounted for', { timeout: 300_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'doppel-fuzz-inputs-'));
  const samples = goldenSamples();
  const fuzzer = createFuzzer(folder, await knownSamples(samples, folder));
  const defects: string[] = [];
  const tally = await fuzzRun(
    { make: inputMaker(samples), fuzzer, seed: 1, inputs: INPUTS, together: 75, aloneEvery: 10 },
    (found) => defects.push(`seed ${found.seed}: ${found.defects.join('; ')}`),
  );
  await fuzzer.close();
  rmSync(folder, { recursive: true });
  expect(defects).toEqual([]);
  // the inputs are good enough to get to every end
  expect(Object.keys(tally.ended)).toEqual(
    expect.arrayContaining(['whole', 'rejects', 'incomplete', 'left out: no-log']),
  );
  expect(tally.withEvents).toBeGreaterThan(INPUTS / 2);
});
