import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildChild, crash, LONG, temporaryFolder } from './crash';

let root: Awaited<ReturnType<typeof temporaryFolder>>;
let child: string;
beforeAll(async () => {
  root = await temporaryFolder();
  child = await buildChild(join(root.path, 'built'));
});
afterAll(() => root.remove());

test(
  'no acknowledged decision and no draft is lost when the process is killed',
  { timeout: LONG ? 3_600_000 : 300_000 },
  async () => {
    const tally = await crash({
      child,
      folder: join(root.path, 'case'),
      rounds: LONG ? 600 : 20,
      decisions: 100_000,
      killWithinMs: 250,
    });
    console.log('kill -9:', JSON.stringify(tally));
    expect(tally).toMatchObject({ lost: 0, notOpening: [], wrong: [] });
    expect(tally.deaths).toBeGreaterThan(0);
    expect(tally.acknowledged).toBeGreaterThan(100);
  },
);
