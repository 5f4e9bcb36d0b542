/** The short version of `npm run fuzz`: always the same inputs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFuzzer } from './fuzz';
import { goldenSamples, inputMaker } from './inputs';

const INPUTS = 200;

test('damaged and hostile logs are read or refused, and all records accounted for', { timeout: 300_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'doppel-fuzz-inputs-'));
  const fuzzer = createFuzzer(folder);
  const make = inputMaker(goldenSamples());
  const defects: string[] = [];
  const endings = new Set<string>();
  for (let seed = 1; seed <= INPUTS; seed++) {
    const result = await fuzzer.check(make(seed));
    if ('defect' in result) defects.push(`seed ${seed}: ${result.defect}`);
    else endings.add(result.ended);
  }
  await fuzzer.close();
  rmSync(folder, { recursive: true });
  expect(defects).toEqual([]);
  // the inputs are good enough to get to both ends
  expect([...endings]).toEqual(expect.arrayContaining(['read', 'no-zpa-records']));
});
