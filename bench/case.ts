/**
 * What the case store costs, measured by hand: time to an acknowledgement, replay of 100,000 decisions, a bulk change
 * and a snapshot over them, and memory.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Case } from '../engine/case/case';
import { BENCH } from './logs';
import { megabytes, printTarget, seconds } from './report';
import { runNode } from './run-process';
import { changeOf } from '../test/case/decisions';

const DECISIONS = 100_000;
const SINGLE = 1000;

/** What one decision costs, what many at once cost, and how long a case with 100,000 of them takes to open. */
export async function benchCase(): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'doppel-bench-case-'));
  const folder = join(root, 'case');
  const ms = (since: number): string => `${(performance.now() - since).toFixed(0)} ms`;
  try {
    const store = await Case.open(folder, { author: 'ann' });
    const times: number[] = [];
    for (let n = 0; n < SINGLE; n += 1) {
      const start = performance.now();
      store.make([`finding ${n}`], changeOf(n));
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    const at = (share: number): string => `${(times[Math.floor(times.length * share)] ?? 0).toFixed(2)} ms`;
    console.log(`one decision to its acknowledgement: p50 ${at(0.5)}, p99 ${at(0.99)} (asked: 5 and 50 ms)`);

    let start = performance.now();
    const findings = Array.from({ length: DECISIONS - SINGLE }, (_, n) => `finding ${n}`);
    const note = { text: 'a note of common length, as an analyst writes it between two calls. '.repeat(3) };
    store.make(findings, { status: 'in progress', addTags: ['bulk'], note });
    console.log(`bulk change of ${findings.length} findings, acknowledged together: ${ms(start)}`);
    start = performance.now();
    store.snapshotIfDue();
    console.log(`snapshot: ${ms(start)}`);
    await store.close();

    const { size } = await stat(join(folder, 'case.jsonl'));
    const opened = await runNode([BENCH, 'peer', 'case', folder]);
    console.log(`in a process of its own, a journal of ${(size / 1e6).toFixed(1)} MB: ${opened.stdout.trimEnd()}`);
    console.log(
      `  the whole process: ${seconds(opened.seconds)}, processor ${seconds(opened.cpuSeconds)}, memory ${megabytes(opened.peakMb)}`,
    );
    printTarget('opening 100,000 decisions, processor', seconds(opened.cpuSeconds), 'under 5 s', opened.cpuSeconds < 5);
  } finally {
    await rm(root, { recursive: true });
  }
}

/** Opens a case, with every seal checked, and reads a page of its activity log. */
export async function openCase(folder: string): Promise<void> {
  let start = performance.now();
  const store = await Case.open(folder, { author: 'ann' });
  const opening = performance.now() - start;
  start = performance.now();
  store.activity(undefined, 0, 100);
  const { decisions } = store.info();
  const page = (performance.now() - start).toFixed(0);
  console.log(
    `${decisions} decisions opened, every seal checked, in ${opening.toFixed(0)} ms; a page of activity in ${page} ms`,
  );
  await store.close();
}
