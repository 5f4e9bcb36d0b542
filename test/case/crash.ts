/** Runs child.ts until it dies, and looks at what it leaves. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'vite';
import { Case } from '../../engine/case/case';
import { draftOf, lost, takeStock } from './decisions';

/** DOPPEL_LONG=1 runs the harnesses as a release has to pass them; without it each takes seconds. */
export const LONG = process.env['DOPPEL_LONG'] === '1';

export async function temporaryFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'case-test-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Bundles a file for a process of its own, because Node runs no TypeScript; gives the bundle. */
export async function bundle(entry: string, outDir: string, name: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: name } },
    },
  });
  return join(outDir, name);
}

export const buildChild = (outDir: string): Promise<string> =>
  bundle(join(import.meta.dirname, 'child.ts'), outDir, 'child.mjs');

export interface Tally {
  deaths: number;
  acknowledged: number;
  lost: number;
  /** Cases that did not open, or opened read-only. */
  notOpening: string[];
  wrong: string[];
  /** Openings at which a torn end was cut off. */
  healed: number;
}

interface Options {
  child: string;
  /** The case; made afresh when it was lost or has grown. */
  folder: string;
  rounds: number;
  decisions: number;
  kind?: 'forgetful';
  /** What is done to the child so that it dies. */
  environment?: (round: number) => Record<string, string>;
  killWithinMs?: number;
}

/** Lets the child die again and again over one case, and compares what was acknowledged with what is there. */
export async function crash({
  child,
  folder,
  rounds,
  decisions,
  kind,
  environment,
  killWithinMs,
}: Options): Promise<Tally> {
  const tally: Tally = { deaths: 0, acknowledged: 0, lost: 0, notOpening: [], wrong: [], healed: 0 };
  let acked = new Set<number>();
  let draft: number | undefined;
  let next = 1;
  const startAfresh = async (): Promise<void> => {
    await rm(folder, { recursive: true, force: true });
    acked = new Set();
    draft = undefined;
    next = 1;
  };
  await startAfresh();
  for (let round = 0; round < rounds; round += 1) {
    const before = acked.size;
    const args = [child, folder, String(next), String(decisions), kind ?? ''];
    const process_ = spawn(process.execPath, args, {
      env: { ...process.env, ...environment?.(round) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise<NodeJS.Signals | null>(
      (resolve) => void process_.once('close', (_code, signal) => resolve(signal)),
    );
    let complaint = '';
    process_.stderr.on('data', (data: Buffer) => (complaint += data.toString()));
    for await (const line of createInterface({ input: process_.stdout })) {
      const [word, n] = line.split(' ');
      if (word === 'ack') acked.add(Number(n));
      if (word === 'draft') draft = Number(n);
      if (word === 'open' && killWithinMs !== undefined)
        setTimeout(() => process_.kill('SIGKILL'), Math.random() * killWithinMs);
    }
    const signal = await ended;
    if (signal === 'SIGKILL') tally.deaths += 1;
    else if (process_.exitCode !== 0) tally.wrong.push(complaint.slice(0, 300));
    tally.acknowledged += acked.size - before;
    try {
      const store = await Case.open(folder, { author: 'bea' });
      const { held, wrong, last } = takeStock(store);
      const { readOnly, warnings, drafts } = store.info();
      await store.close();
      if (readOnly !== null) tally.notOpening.push(readOnly);
      if (warnings.length > 0) tally.healed += 1;
      tally.wrong.push(...wrong);
      const missing = lost(acked, held);
      const typed = Number.parseInt(drafts[0]?.text.slice(draftOf(0).length - 1) ?? '0', 10);
      if (draft !== undefined && typed < draft) missing.push(draft);
      tally.lost += missing.length;
      next = last + 1;
      if (missing.length > 0 || readOnly !== null || wrong.length > 0 || last > 1500) await startAfresh();
    } catch (error) {
      tally.notOpening.push(String(error));
      await startAfresh();
    }
  }
  return tally;
}
