import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from '@playwright/test';
import type { CDPSession, Page } from '@playwright/test';
import { CHROMIUM_ARGUMENTS, findChromium } from '../test/e2e/chromium';
import { CLI } from './logs';
import { processorTime } from './processor-time';

/** A task of over 50 ms, which is what the page's own observer reports; in ms, from when the page began. */
export interface LongTask {
  start: number;
  duration: number;
}

export interface AppPage {
  page: Page;
  devtools: CDPSession;
  /** When `doppel serve` was started; ms of performance.now() here. */
  startedAt: number;
  longTasks(): Promise<LongTask[]>;
  /** What the page holds after all garbage is gone, bytes. */
  heap(): Promise<number>;
  /** Time on the processor of the page's thread so far, ms: what wall time comes to on a machine that does nothing else. */
  cpu(): Promise<number>;
  /** The same of the shell, the engine and the keeper of the case. */
  engineCpu(): Promise<number>;
  /** Does something, and gives the longest task of the page's thread meanwhile: ms on the processor, which a busy machine does not stretch. */
  longestTask(act: () => Promise<void>): Promise<number>;
  close(): Promise<void>;
}

/** The browser shell over these files in a Chromium that is up already, with a data folder of its own. */
export async function openApp(files: readonly string[]): Promise<AppPage> {
  const browser = await chromium.launch({
    executablePath: findChromium() ?? chromium.executablePath(),
    args: [...CHROMIUM_ARGUMENTS, '--enable-precise-memory-info'],
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.addInitScript(() => {
    const tasks: LongTask[] = [];
    Object.assign(globalThis, { longTasks: tasks });
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) tasks.push({ start: startTime, duration });
    }).observe({ type: 'longtask', buffered: true });
  });
  const data = await mkdtemp(join(tmpdir(), 'doppel-bench-data-'));
  const startedAt = performance.now();
  const shell = spawn(process.execPath, [CLI, 'serve', ...files, '--no-open'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DOPPEL_DATA_FOLDER: data },
  });
  const stopped = new Promise((resolve) => shell.once('close', resolve));
  await page.goto(await firstLine(shell.stdout), { waitUntil: 'commit' });
  return {
    page,
    devtools,
    startedAt,
    longTasks: () => page.evaluate(() => (globalThis as unknown as { longTasks: LongTask[] }).longTasks), // set above
    heap: async () => {
      await devtools.send('HeapProfiler.collectGarbage');
      return (await devtools.send('Runtime.getHeapUsage')).usedSize;
    },
    cpu: async () => {
      const { metrics } = await devtools.send('Performance.getMetrics');
      return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
    },
    engineCpu: async () => (await processorTime(shell.pid ?? 0)) ?? 0,
    longestTask: async (act) => {
      await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
      await act();
      return longestOf((await browser.stopTracing()).toString());
    },
    close: async () => {
      await browser.close();
      shell.kill('SIGTERM');
      await stopped;
      await rm(data, { recursive: true, force: true });
    },
  };
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stream })) return line;
  throw new Error('The browser shell printed no address.');
}

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  tdur?: number;
  args: { name?: string };
}

/** Of the main threads of all pages in a trace of Chromium. */
function longestOf(trace: string): number {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: TraceEvent[] }; // as Chromium documents it
  const isMain = ({ name, args }: TraceEvent): boolean => name === 'thread_name' && args.name === 'CrRendererMain';
  const main = new Set(traceEvents.filter(isMain).map(({ pid, tid }) => `${pid} ${tid}`));
  const tasks = traceEvents.filter(({ name, pid, tid }) => name.endsWith('RunTask') && main.has(`${pid} ${tid}`));
  if (tasks.length === 0) throw new Error('The trace has no task of the page.');
  return tasks.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur / 1000), 0);
}
