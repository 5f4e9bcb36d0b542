import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { EngineProcess } from '../cli/serve/engine-process';
import { isCancelled } from '../shared/errors';
import { connect } from '../shared/rpc';
import type { Client } from '../shared/rpc';
import { benchLog, CLI } from './logs';
import { printTarget } from './report';

/** About 500 MB of LSS JSON lines. */
const HALF_GB = { records: 250_000, users: 5000 };
/** Of each of three logs. */
const POINTS = 17;
const LINE_BYTES = 200_000_000;
const ASKED_MS = 1000;

/** How long an engine takes to answer that an opening was cancelled, at many points of it, and what it leaves. */
export async function benchCancel(): Promise<void> {
  const paths = await logs();
  const folder = await mkdtemp(join(tmpdir(), 'doppel-bench-cancel-'));
  process.env.TMPDIR = folder; // of the engine
  process.env.DOPPEL_CACHE = 'off'; // there is no case here to wait for: what is cancelled is the reading
  const engine = new EngineProcess({
    file: join(CLI, '..', 'engine.js'),
    args: [],
    onCrash: (reason) => console.log(`  the engine failed: ${reason}`),
  });
  try {
    const channel = engine.open();
    if (!channel) throw new Error('The engine did not start.');
    const client = connect(channel);
    const all: number[] = [];
    for (const path of paths) {
      const waits = await cancelAtPoints(engine, client, path);
      console.log(`  ${path}: ${waits.length} times, at most ${Math.max(...waits).toFixed(0)} ms`);
      all.push(...waits);
    }
    const sorted = all.toSorted((a, b) => a - b);
    const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
    console.log(`  median ${at(0.5).toFixed(0)} ms, at most ${at(1).toFixed(0)} ms of ${all.length}`);
    printTarget(
      'from cancel to the answer, 99 of 100',
      `${at(0.99).toFixed(0)} ms`,
      `${ASKED_MS} ms`,
      at(0.99) <= ASKED_MS,
    );
    client.close();
  } finally {
    await engine.stop();
    console.log(`  files left in the temporary folder: ${(await readdir(folder)).length}`);
    await rm(folder, { recursive: true });
  }
}

/** A plain log, the same packed, and a table with a line of 200 MB. */
async function logs(): Promise<string[]> {
  const { path } = await benchLog(HALF_GB);
  const packed = `${path}.gz`;
  if (!existsSync(packed)) await pipeline(createReadStream(path), createGzip({ level: 1 }), createWriteStream(packed));
  const long = join(path, '..', 'long-line.csv');
  if (!existsSync(long)) {
    const rows = 'Mon Mar  2 08:15:03 2026,open,u,198.51.100.9\n'.repeat(100_000);
    const header = 'LogTimestamp,ConnectionStatus,Username,ClientPublicIP\n';
    await writeFile(
      long,
      Buffer.concat([Buffer.from(header + rows), Buffer.alloc(LINE_BYTES, 'x'), Buffer.from(`\n${rows}`)]),
    );
  }
  return [path, packed, long];
}

/** In ms, at points spread over the time that opening takes; an opening that was done before is not counted. */
async function cancelAtPoints(engine: EngineProcess, client: Client, path: string): Promise<number[]> {
  engine.offer([{ path, name: path }]);
  let id: string | undefined;
  while (id === undefined) id = (await client.call('files.offered', {})).find(({ name }) => name === path)?.id;
  const files = [id];
  const began = performance.now();
  await client.call('log.open', { files });
  const whole = performance.now() - began;
  const waits: number[] = [];
  for (let point = 0; point < POINTS; point++) {
    const stop = new AbortController();
    let stopped = 0;
    const timer = setTimeout(
      () => {
        stopped = performance.now();
        stop.abort();
      },
      (whole * point) / POINTS,
    );
    try {
      await client.call('log.open', { files }, { signal: stop.signal });
    } catch (error) {
      if (!isCancelled(error)) throw error;
      waits.push(performance.now() - stopped);
    } finally {
      clearTimeout(timer);
    }
  }
  return waits;
}
