/** Opening a log whose case has it in its cache, against reading its files, each in a process of its own, in the same run. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createEngine } from '../engine/handlers';
import { channelPair } from '../shared/channel';
import { DEFAULT_PARAMETERS } from '../shared/domain';
import { connect, serve } from '../shared/rpc';
import type { Client } from '../shared/rpc';
import { BENCH, benchLog } from './logs';
import { median, printTarget, seconds } from './report';
import { runNode } from './run-process';

/** About 2 GB of LSS JSON lines. */
const TWO_GB = { records: 1_030_000, users: 10_300 };
const ROUNDS = 3;

/** A log of 2 GB read, and the same log taken out of the cache of a case, by turns. */
export async function benchCache(): Promise<void> {
  const { path, bytes } = await benchLog(TWO_GB);
  console.log(`${basename(path)}, ${(bytes / 1e9).toFixed(1)} GB`);
  const read: Opening[] = [];
  const taken: Opening[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const folder = await mkdtemp(join(tmpdir(), 'doppel-bench-cache-'));
    try {
      for (const of of [read, taken]) {
        const { stdout } = await runNode([BENCH, 'peer', 'cache', path, folder]);
        process.stdout.write(stdout);
        of.push(openingOf(stdout));
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  }
  const [wall, before] = [median(taken.map((each) => each.wall)), median(read.map((each) => each.wall))];
  const [cpu, cpuBefore] = [median(taken.map((each) => each.cpu)), median(read.map((each) => each.cpu))];
  console.log(
    `out of the cache ${seconds(wall)} (processor ${seconds(cpu)}), read ${seconds(before)} (${seconds(cpuBefore)})`,
  );
  printTarget('a log out of the cache, findings included, processor', seconds(cpu), 'under 2 s', cpu < 2);
}

interface Opening {
  wall: number;
  cpu: number;
}

function openingOf(stdout: string): Opening {
  const [, wall, cpu] = /opened in ([\d.]+) s, processor ([\d.]+) s/.exec(stdout) ?? [];
  return { wall: Number(wall), cpu: Number(cpu) };
}

/** Opens a log as a page does, and then asks for a page of findings over and over while the engine works in the background. */
export async function openWithCache(path: string, folder: string): Promise<void> {
  const caseFolder = join(folder, 'case');
  await mkdir(caseFolder, { recursive: true });
  const keyFile = join(folder, 'cache-key');
  const engine = createEngine({ tempFolder: join(folder, 'temp'), cache: { keyFile, awaitsCase: true } });
  engine.setCase({ folder: caseFolder, mayWrite: true });
  const [here, there] = channelPair();
  serve(there, engine.handlers);
  const client = connect(here);
  try {
    const files = (await engine.offer([{ path, name: basename(path) }])).map(({ id }) => id);
    const opened = await timed(async () => {
      const log = await client.call('log.open', { files });
      await client.call('detection.run', { parameters: DEFAULT_PARAMETERS });
      return log;
    });
    const what = opened.result.cache?.readAt ? 'out of the cache' : 'read';
    console.log(`${what}: opened in ${opened.wall.toFixed(2)} s, processor ${opened.cpu.toFixed(2)} s`);
    let isOver = false;
    const asking = latencies(client, () => isOver);
    const worked = await timed(() => client.call('log.cache', {}).finally(() => (isOver = true)));
    const news = worked.result.is === 'kept' ? `kept, ${(worked.result.bytes / 1e6).toFixed(1)} MB` : worked.result.is;
    const [during, after] = [await asking, await latencies(client, (asked) => asked >= 40)];
    console.log(
      `  in the background: ${news}, ${seconds(worked.wall)}; a page of findings meanwhile ${during}, and after it ${after}`,
    );
  } finally {
    client.close();
    await engine.close();
  }
}

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; wall: number; cpu: number }> {
  const [began, before] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, wall: (performance.now() - began) / 1000, cpu: (user + system) / 1e6 };
}

async function latencies(client: Client, isOver: (asked: number) => boolean): Promise<string> {
  const times: number[] = [];
  while (!isOver(times.length) || times.length === 0) {
    const began = performance.now();
    await client.call('findings.page', { offset: 0, limit: 100, filter: { text: `user${times.length % 10}` } });
    times.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return `${median(times).toFixed(0)} ms (at most ${Math.max(...times).toFixed(0)} ms of ${times.length})`;
}
