import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Case } from '../../engine/case/case';
import { DoppelError } from '../../shared/errors';
import { SmallDisk } from '../small-disk';
import { LONG, temporaryFolder } from './crash';
import { changeOf, findingsOf, lost, takeStock } from './decisions';

let root: Awaited<ReturnType<typeof temporaryFolder>>;
let disk: SmallDisk;
beforeAll(async () => {
  root = await temporaryFolder();
  disk = new SmallDisk(join(root.path, 'disk'), '2m');
});
afterAll(async () => {
  disk.remove();
  await root.remove();
});

const BLOCK = 4096;
const DECISIONS = 300;

test('a real disk with 0 to 1 MB left never destroys a case', { timeout: 900_000 }, async (context) => {
  disk.require(context, '; faults.test.ts does it with a made-up one');
  const folder = join(disk.path, 'case');
  const ballast = join(disk.path, 'ballast');
  let refused = 0;
  let acknowledged = 0;
  for (let blocks = 0; blocks <= 256; blocks += LONG ? 1 : 16) {
    rmSync(folder, { recursive: true, force: true });
    rmSync(ballast, { force: true });
    const acked: number[] = [];
    const before = await Case.open(folder, { author: 'ann' });
    for (let n = 1; n <= 50; n += 1) acked.push((before.make(findingsOf(n), changeOf(n)), n));
    await before.close();
    const free = statfsSync(disk.path).bavail - blocks;
    writeFileSync(ballast, Buffer.alloc(Math.max(0, free) * BLOCK));

    const store = await Case.open(folder, { author: 'ann' });
    const { held } = takeStock(store);
    expect(lost(acked, held)).toEqual([]);
    for (let n = 51; n <= 50 + DECISIONS; n += 1) {
      try {
        store.make(findingsOf(n), changeOf(n));
        acked.push(n);
      } catch (error) {
        if (!(error instanceof DoppelError) || error.code !== 'disk-full') throw error;
        refused += 1;
      }
    }
    await store.close();
    acknowledged += acked.length;

    const after = await Case.open(folder, { author: 'bea' });
    const stock = takeStock(after);
    expect({ lost: lost(acked, stock.held), wrong: stock.wrong }).toEqual({ lost: [], wrong: [] });
    await after.close();
  }
  console.log(`full disk: ${acknowledged} acknowledged, 0 lost, ${refused} refused`);
  expect(refused).toBeGreaterThan(DECISIONS);
});
