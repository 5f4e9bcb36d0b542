import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildChild, crash, LONG, temporaryFolder } from './crash';
import type { Tally } from './crash';

/** The shim needs a C compiler and Linux; without them the test says so. */
function compile(out: string): string | undefined {
  if (process.platform !== 'linux') return 'the power-cut shim is for Linux';
  try {
    execFileSync('cc', ['-O1', '-shared', '-fPIC', '-o', out, join(import.meta.dirname, 'powercut.c'), '-ldl'], {
      stdio: 'pipe',
    });
    return undefined;
  } catch (error) {
    return `powercut.c was not compiled: ${String(error).slice(0, 200)}`;
  }
}

let root: Awaited<ReturnType<typeof temporaryFolder>>;
let child: string;
let skipped: string | undefined;
beforeAll(async () => {
  root = await temporaryFolder();
  child = await buildChild(join(root.path, 'built'));
  skipped = compile(join(root.path, 'powercut.so'));
  mkdirSync(join(root.path, 'keep'));
});
afterAll(() => root.remove());

const SEED = Number(process.env['DOPPEL_SEED'] ?? Math.floor(Math.random() * 1e9));

function cut(rounds: number, kind?: 'forgetful'): Promise<Tally> {
  const folder = join(root.path, `case ${kind ?? 'safe'}`);
  let seed = SEED;
  return crash({
    child,
    folder,
    rounds,
    decisions: 40,
    ...(kind && { kind }),
    environment: (round) => {
      seed = (seed * 1_103_515_245 + 12_345 + round) % 2_147_483_648;
      return {
        LD_PRELOAD: join(root.path, 'powercut.so'),
        PC_DIR: folder,
        PC_KEEP: join(root.path, 'keep'),
        PC_AT: String(1 + (seed % 120)),
        PC_SEED: String(1 + Math.floor(seed / 7)),
      };
    },
  });
}

test(
  'no acknowledged decision is lost by a power cut, and the case always opens; without fsync it is lost, or the run is void',
  { timeout: LONG ? 3_600_000 : 300_000 },
  async (context) => {
    if (skipped !== undefined) {
      console.log(`power cut: skipped, ${skipped}`);
      context.skip(skipped);
    }
    const control = await cut(LONG ? 100 : 12, 'forgetful');
    console.log(`power cut, nothing synced (seed ${SEED}):`, JSON.stringify(control).slice(0, 300));
    expect(
      control.lost + control.notOpening.length,
      'the control lost nothing: this run proves nothing',
    ).toBeGreaterThan(0);
    const tally = await cut(LONG ? 1000 : 30);
    console.log(`power cut (seed ${SEED}):`, JSON.stringify(tally));
    expect(tally).toMatchObject({ lost: 0, notOpening: [], wrong: [] });
    expect(tally.deaths).toBeGreaterThan(0);
  },
);
