import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Case } from '../../engine/case/case';
import { nodeFs } from '../../engine/case/file-system';
import type { CaseFs } from '../../engine/case/file-system';
import { DoppelError } from '../../shared/errors';
import { LONG, temporaryFolder } from './crash';
import { changeOf, findingsOf, lost, takeStock } from './decisions';
import { faultyFs, fullFs } from './faulty-fs';

let root: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => void (root = await temporaryFolder()));
afterAll(() => root.remove());

const DECISIONS = LONG ? 30 : 3;

/** Opens, decides, closes, opens and decides again on a disk that may fail; gives what was acknowledged. */
async function work(folder: string, disk: CaseFs): Promise<{ acked: number[]; errors: unknown[] }> {
  const acked: number[] = [];
  const errors: unknown[] = [];
  for (const first of [1, DECISIONS + 1]) {
    try {
      const store = await Case.open(folder, { author: 'ann', disk });
      for (let n = first; n < first + DECISIONS; n += 1) {
        try {
          store.make(findingsOf(n), changeOf(n));
          acked.push(n);
          if (n % 3 === 0) store.setDraft({ finding: 'typing', text: `${n}` });
        } catch (error) {
          errors.push(error);
        }
      }
      await store.close();
    } catch (error) {
      errors.push(error);
    }
  }
  return { acked, errors };
}

async function inspect(folder: string, acked: readonly number[]): Promise<void> {
  const store = await Case.open(folder, { author: 'bea' });
  const { held, wrong } = takeStock(store);
  const { readOnly } = store.info();
  await store.close();
  expect({ lost: lost(acked, held), wrong, readOnly }).toEqual({ lost: [], wrong: [], readOnly: null });
}

for (const code of ['EIO', 'ENOSPC'] as const) {
  for (const forEver of [false, true]) {
    test(
      `nothing acknowledged is lost when the k-th call fails with ${code} ${forEver ? 'for ever' : 'once'}, for every k`,
      { timeout: 600_000 },
      async () => {
        const folder = join(root.path, `${code} ${forEver}`);
        let runs = 0;
        let acknowledged = 0;
        let untouched = false;
        for (let at = 1; !untouched; at += 1) {
          await rm(folder, { recursive: true, force: true });
          const { disk, calls } = faultyFs({ at, code, forEver });
          const { acked, errors } = await work(folder, disk);
          expect(errors.filter((error) => !(error instanceof DoppelError))).toEqual([]);
          await inspect(folder, acked);
          runs += 1;
          acknowledged += acked.length;
          untouched = calls() < at;
        }
        console.log(`${code}, ${forEver ? 'for ever' : 'once'}: ${runs} runs, ${acknowledged} acknowledged, 0 lost`);
        expect(runs).toBeGreaterThan(DECISIONS * 5);
        expect(acknowledged).toBeGreaterThan(0);
      },
    );
  }
}

test(
  'a disk that fills up at any byte, with short writes, loses nothing and says so',
  { timeout: 600_000 },
  async () => {
    const folder = join(root.path, 'full');
    let told = 0;
    let whole = false;
    for (let left = 0; !whole; left += LONG ? 97 : 997) {
      await rm(folder, { recursive: true, force: true });
      const { acked, errors } = await work(folder, fullFs(left));
      for (const error of errors) expect(error).toMatchObject({ code: 'disk-full' });
      if (errors.length > 0) told += 1;
      await inspect(folder, acked);
      whole = acked.length === 2 * DECISIONS && errors.length === 0;
    }
    expect(told).toBeGreaterThan(2);
  },
);

test('after a failed write the next decision is saved, once there is space', async () => {
  const folder = join(root.path, 'recovers');
  let full = false;
  const fail = (): never => {
    throw Object.assign(new Error('full'), { code: 'ENOSPC' });
  };
  const disk: CaseFs = {
    ...nodeFs,
    writeSync: (fd, buffer, offset, length, position) => {
      if (!full) return nodeFs.writeSync(fd, buffer, offset, length, position);
      return length > 20 ? nodeFs.writeSync(fd, buffer, offset, 20, position) : fail();
    },
    ftruncateSync: (fd, length) => (full ? fail() : nodeFs.ftruncateSync(fd, length)),
  };
  const store = await Case.open(folder, { author: 'ann', disk });
  store.make(findingsOf(1), changeOf(1));
  full = true;
  expect(() => store.make(findingsOf(2), changeOf(2))).toThrow(expect.objectContaining({ code: 'disk-full' }));
  full = false;
  store.make(findingsOf(3), changeOf(3));
  await store.close();
  const again = await Case.open(folder, { author: 'ann' });
  expect(takeStock(again).held).toEqual(new Set([1, 3]));
  expect(again.info().warnings).toEqual([]);
  await again.close();
});
