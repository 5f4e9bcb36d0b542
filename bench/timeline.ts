import { spawn } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { CHROMIUM_ARGUMENTS, findChromium } from '../test/e2e/chromium';
import { CLI } from './logs';
import { processorTime } from './processor-time';
import { median, printTarget } from './report';

const SEGMENTS = 100_000;
const LANES = 200;
const DAYS = 30;
const ROUNDS = 5;
const FRAMES = 150;
const FIRST_PAINT_MS = 300;
/** An empty frame is no picture. */
const LEAST_INKED = 20_000;
const FRAME_MS = 20;

/**
 * One user with 100,000 segments on 200 source IPs: how long after the click the picture is there, and how long frames take
 * while it is zoomed and panned, in Chromium against the web shell. Frames are what the eye gets; the processor time of the
 * page's thread is told beside them, for a machine that does other work too.
 */
export async function benchTimeline(): Promise<void> {
  const path = await log();
  const shell = spawn(process.execPath, [CLI, 'serve', path, '--no-open'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DOPPEL_DATA_FOLDER: join(tmpdir(), 'doppel-bench', 'data') },
  });
  const stopped = new Promise((resolve) => shell.once('close', resolve));
  const browser = await chromium.launch({
    executablePath: findChromium() ?? chromium.executablePath(),
    args: CHROMIUM_ARGUMENTS,
  });
  try {
    const url = await firstLine(shell.stdout);
    const paints: FirstPaint[] = [];
    const nexts: FirstPaint[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const other = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
      nexts.push(await firstPaint(other, url, shell.pid ?? 0, 'next@'));
      await other.close();
      const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
      paints.push(await firstPaint(page, url, shell.pid ?? 0));
      if (round === ROUNDS - 1) await frames(page, shell.pid ?? 0);
      await page.close();
    }
    const told = (pick: (paint: FirstPaint) => number): number => median(paints.map(pick));
    console.log(
      `  first paint, medians of ${ROUNDS}: ${told(({ sinceClick }) => sinceClick).toFixed(0)} ms after the click, of which ` +
        `${told(({ sinceClick, sinceData }) => sinceClick - sinceData).toFixed(0)} ms until the columns are there; ` +
        `longest task ${told(({ longestTask }) => longestTask).toFixed(0)} ms, ` +
        `processor time ${told(({ work }) => work).toFixed(0)} ms of the page's thread and ${told(({ engine }) => engine).toFixed(0)} ms of the engine`,
    );
    const paint = told(({ sinceData }) => sinceData);
    printTarget('first paint once the page has the columns', `${paint.toFixed(0)} ms`, `under ${FIRST_PAINT_MS} ms`, paint < FIRST_PAINT_MS); // prettier-ignore
    const whole = told(({ sinceClick }) => sinceClick);
    printTarget('first paint after the click, the engine included', `${whole.toFixed(0)} ms`, `under ${FIRST_PAINT_MS} ms`, whole < FIRST_PAINT_MS); // prettier-ignore
    const next = median(nexts.map(({ sinceClick }) => sinceClick));
    const work = median(nexts.map((each) => each.work)).toFixed(0);
    printTarget('the same of the next user in the queue', `${next.toFixed(0)} ms (${work} ms of the page's thread)`, `under ${FIRST_PAINT_MS} ms`, next < FIRST_PAINT_MS); // prettier-ignore
  } finally {
    await browser.close();
    shell.kill('SIGTERM');
    await stopped;
  }
}

interface FirstPaint {
  sinceClick: number;
  /** Since the last large message of the engine before the picture. */
  sinceData: number;
  longestTask: number;
  /** Processor time from the click to the picture: of the page's thread, and of the engine with its shell. */
  work: number;
  engine: number;
}

/** What the page notes down; times in ms of its own clock. */
interface Notes {
  click: number;
  data: number;
  painted: number;
  inked: number;
  longest: number;
  /** Kept when the picture is there. */
  done: Promise<void>;
}

/** `before`: who is looked at before; else the first of the queue, whose next is not the user with the many segments. */
async function firstPaint(page: Page, url: string, shell: number, before?: string): Promise<FirstPaint> {
  await page.addInitScript(() => {
    /** Pixels below axis and strip that are not of the colour of the lower right corner. */
    const inked = (canvas: Element | null): number => {
      if (!(canvas instanceof HTMLCanvasElement)) return 0;
      const pixels = canvas.getContext('2d')?.getImageData(0, 62, canvas.width, canvas.height - 62).data;
      const colours = new Uint32Array(pixels?.buffer ?? new ArrayBuffer());
      return colours.filter((colour) => colour !== colours.at(-1)).length;
    };
    let tell: () => void = () => undefined;
    const done = new Promise<void>((resolve) => (tell = resolve));
    const notes: Notes = { click: 0, data: 0, painted: 0, inked: 0, longest: 0, done };
    Object.assign(globalThis, { notes });
    addEventListener('click', () => Object.assign(notes, { click: performance.now(), painted: 0, longest: 0 }), true);
    const { prototype } = WebSocket;
    // it is called with its socket below
    // oxlint-disable-next-line typescript/unbound-method
    const listen = prototype.addEventListener;
    // whoever listens for messages is told of them after they have been noted down
    prototype.addEventListener = function noting(this: WebSocket, ...args: Parameters<typeof listen>): void {
      if (args[0] === 'message') {
        listen.call(this, 'message', (event: Event) => {
          const data: unknown = event instanceof MessageEvent ? event.data : undefined;
          const size = data instanceof ArrayBuffer ? data.byteLength : data instanceof Blob ? data.size : 0;
          if (size > 1_000_000 && notes.painted === 0) notes.data = performance.now();
        });
      }
      listen.apply(this, args);
    };
    new MutationObserver(() => {
      if (notes.click === 0 || notes.painted > 0) return;
      if (!document.querySelector('canvas[data-ready]')?.ariaLabel?.includes('hot@')) return;
      notes.painted = performance.now();
      notes.inked = inked(document.querySelector('canvas[data-ready]'));
      tell();
    }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-ready'] });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) notes.longest = Math.max(notes.longest, duration);
    }).observe({ type: 'longtask' });
  });
  await page.goto(url);
  const rows = page.getByRole('grid', { name: 'Flagged users' });
  await rows.waitFor({ timeout: 120_000 });
  await page.locator('canvas[data-ready]').first().waitFor();
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(() => resolve(undefined))));
  if (before !== undefined) {
    await rows.getByRole('row', { name: before }).click();
    await page.waitForTimeout(1000); // who rests so long on a user gets the next one fetched
  }
  const busy = await busyOf(page);
  const row = await rows.getByRole('row', { name: 'hot@' }).elementHandle();
  await quiet(shell);
  const idle = { page: await busy(), engine: await processorTime(shell) };
  // clicked and waited for from inside: asking again and again from outside costs the page more than the picture
  await page.evaluate(async (element) => {
    if (element instanceof HTMLElement) element.click();
    await (globalThis as unknown as { notes: Notes }).notes.done; // set above
  }, row);
  const work = (await busy()) - idle.page;
  const engine = ((await processorTime(shell)) ?? NaN) - (idle.engine ?? NaN);
  const { click, data, painted, inked, longest } = await page.evaluate(
    () => (globalThis as unknown as { notes: Notes }).notes, // set above
  );
  if (inked < LEAST_INKED) throw new Error(`The first picture has ${inked} pixels of bars.`);
  return { sinceClick: painted - click, sinceData: painted - data, longestTask: longest, work, engine };
}

/** Until the engine has nothing left to do of what the page asked for when it was loaded. */
async function quiet(shell: number): Promise<void> {
  for (let last = await processorTime(shell); last !== undefined;) {
    await setTimeout(400);
    const now = await processorTime(shell);
    if (now === undefined || now - last < 20) return;
    last = now;
  }
}

/** Asks for the processor time that the page's thread has used, in ms. */
async function busyOf(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  // the processor's time, not that of the clock, which runs on while others have the processor
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
  };
}

async function frames(page: Page, shell: number): Promise<void> {
  const busy = await busyOf(page);
  await quiet(shell); // the records and the tables come after the picture: they are no part of a frame
  for (const [what, wheel] of [
    ['zooming in', { deltaY: -60 }],
    ['panning', { deltaX: 40 }],
    ['zooming out', { deltaY: 60 }],
    ['panning, all in sight', { deltaX: 40 }],
  ] as const) {
    const before = await busy();
    const lengths = await page.evaluate(
      async ({ wheel: turn, count }) => {
        const canvas = document.querySelector('canvas[data-ready]');
        if (!canvas) throw new Error('there is no timeline');
        const box = canvas.getBoundingClientRect();
        const at = { clientX: box.x + box.width * 0.4, clientY: box.y + box.height * 0.6 };
        const frame = (): Promise<number> => new Promise(requestAnimationFrame);
        const found: number[] = [];
        let last = await frame();
        for (let index = 0; index < count; index++) {
          canvas.dispatchEvent(new WheelEvent('wheel', { ...turn, ...at, bubbles: true, cancelable: true }));
          const now = await frame();
          found.push(now - last);
          last = now;
        }
        return found;
      },
      { wheel, count: FRAMES },
    );
    const work = ((await busy()) - before) / FRAMES;
    const sorted = lengths.toSorted((a, b) => a - b);
    const p95 = sorted[Math.floor(0.95 * sorted.length)] ?? Infinity;
    const figures = `${p95.toFixed(1)} ms (${work.toFixed(1)} ms of processor time a frame)`;
    printTarget(`${what}, 95th-percentile frame`, figures, `under ${FRAME_MS} ms`, p95 < FRAME_MS);
  }
}

/** Three users: two whose overlaps are the longest, the first of whom is looked at to begin with, and one with all the segments. */
async function log(): Promise<string> {
  const folder = join(tmpdir(), 'doppel-bench');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `timeline-${SEGMENTS}-segments-${LANES}-lanes-3-users.ndjson`);
  if (existsSync(path)) return path;
  console.log(`making ${path}`);
  await pipeline(Readable.from(lines()), createWriteStream(`${path}.part`));
  await rename(`${path}.part`, path);
  return path;
}

function* lines(): Generator<string> {
  const begin = Date.UTC(2026, 2, 1);
  const span = DAYS * 86_400_000;
  for (const [user, times] of [
    ['quiet@example.com', 3],
    ['next@example.com', 2],
  ] as const) {
    for (const ip of ['192.0.2.1', '192.0.2.2']) yield* visit(user, ip, `${user} ${ip}`, begin, begin + times * span);
  }
  const each = span / (SEGMENTS / LANES);
  for (let segment = 0; segment < SEGMENTS; segment++) {
    const lane = segment % LANES;
    const turn = Math.floor(segment / LANES);
    // a spread that is the same every time
    const shift = ((segment * 7919) % 1000) / 1000;
    const start = Math.round(begin + (turn + 0.8 * shift) * each);
    const length = Math.round((0.05 + 0.1 * (((segment * 104_729) % 1000) / 1000)) * each);
    yield* visit('hot@example.com', `10.0.${lane >> 8}.${lane & 255}`, `s-${segment}`, start, start + length);
  }
}

function* visit(user: string, ip: string, session: string, start: number, end: number): Generator<string> {
  const record = (status: string, at: number, closed: string): string =>
    `${JSON.stringify({
      LogTimestamp: new Date(at).toISOString(),
      Username: user,
      SessionID: session,
      SessionStatus: status,
      PublicIP: ip,
      CountryCode: 'DE',
      TimestampAuthentication: new Date(start).toISOString(),
      TimestampUnAuthentication: closed,
      Hostname: 'bench',
    })}\n`;
  yield record('ZPN_STATUS_AUTHENTICATED', start, '');
  yield record('ZPN_STATUS_DISCONNECTED', end, new Date(end).toISOString());
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stream })) return line;
  throw new Error('The browser shell printed no address.');
}
