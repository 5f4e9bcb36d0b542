import type { Page } from '@playwright/test';
import { openApp } from './app-page';
import type { AppPage } from './app-page';
import { flaggedLog } from './flagged-log';
import { median, printTarget } from './report';

const FINDINGS = 100_000;
const ROUNDS = 5;
const FRAMES = 300;

const ms = (value: number): string => `${value.toFixed(0)} ms`;

/** The queue over 100,000 findings: until its first rows are there, until it is sorted and filtered, and how it scrolls. */
export async function benchQueue(): Promise<void> {
  const app = await openApp([await flaggedLog(FINDINGS)]);
  const { page } = app;
  try {
    await noteDetection(page);
    const firstRows = await page.evaluate(untilFirstRows);
    await idle(page);
    printTarget(
      'first rows of 100,000 findings, after the engine has them',
      ms(firstRows),
      'under 300 ms',
      firstRows < 300,
    );

    const sorts = [];
    for (const column of ['User', 'User', 'Overlap length', 'First (UTC)', 'Last (UTC)']) {
      sorts.push(await timed(app, () => press(page, column)));
    }
    report('sorted', sorts);
    const filters = [];
    for (const text of ['user0012', 'user09999', '203.0.7', 'nobody', '']) {
      filters.push(await timed(app, () => type(page, text)));
    }
    report('filtered', filters);
    await page.getByRole('button', { name: 'Facets' }).click();
    await idle(page);
    const beside = [];
    for (const text of ['user0012', '203.0.7', '']) {
      const counted = page.evaluate(untilFacets);
      beside.push(await timed(app, () => type(page, text)));
      console.log(`  facets counted again: ${ms(await counted)}`);
    }
    report('filtered with the facets beside it', beside);

    const before = await app.cpu();
    const frames = await page.evaluate(scrolled, FRAMES);
    const cpu = ((await app.cpu()) - before) / frames.length;
    const p95 = frames.toSorted((a, b) => a - b)[Math.floor(0.95 * frames.length)] ?? 0;
    console.log(
      `  a frame of scrolling takes ${cpu.toFixed(1)} ms of the processor, median ${median(frames).toFixed(1)} ms`,
    );
    printTarget(
      'scrolling 100,000 findings, frame at the 95th percentile',
      `${p95.toFixed(1)} ms`,
      'under 20 ms',
      p95 < 20,
    );
  } finally {
    await app.close();
  }
}

interface Timed {
  wall: number;
  cpu: number;
  engine: number;
}

/** What it took until it was to be seen, and how long the page's thread and the engine worked for it, also afterwards. */
async function timed(app: AppPage, act: () => Promise<number>): Promise<Timed> {
  const [cpu, engine] = [await app.cpu(), await app.engineCpu()];
  const wall = await act();
  const timing = { wall, cpu: (await app.cpu()) - cpu, engine: (await app.engineCpu()) - engine };
  await idle(app.page);
  return timing;
}

function report(what: string, all: readonly Timed[]): void {
  const middle = median(all.map(({ wall }) => wall));
  const work = ({ wall, cpu, engine }: Timed): string => `${ms(wall)} (page ${ms(cpu)}, engine ${ms(engine)})`;
  console.log(`  ${what}, with processor time: ${all.map(work).join(', ')}`);
  printTarget(`100,000 findings ${what}, median of ${all.length}`, ms(middle), 'under 200 ms', middle < 200);
}

/** Notes when the page is told what the detection found. */
function noteDetection(page: Page): Promise<void> {
  return page.evaluate(() => {
    const parse = JSON.parse;
    JSON.parse = (text: string, ...rest: []) => {
      if (text.includes('"whyNone"')) Object.assign(globalThis, { detectedAt: performance.now() });
      return parse(text, ...rest) as unknown;
    };
  });
}

function untilFirstRows(): Promise<number> {
  return new Promise((resolve) => {
    const look = (): void => {
      const row = document.querySelector('[role="grid"] [data-index="0"] [data-column]');
      const { detectedAt } = globalThis as unknown as { detectedAt?: number }; // noteDetection sets it
      if (row && detectedAt !== undefined) resolve(performance.now() - detectedAt);
      else requestAnimationFrame(look);
    };
    look();
  });
}

/** Presses the head of a column, until another row is painted as the first. */
async function press(page: Page, column: string): Promise<number> {
  return page.evaluate((name) => {
    const grid = document.querySelector('[role="grid"][aria-label="Flagged users"]');
    const heads = [...(grid?.querySelectorAll<HTMLElement>('[role="columnheader"] button') ?? [])];
    const first = (): string => grid?.querySelector('[data-index="0"]')?.textContent ?? '';
    const before = first();
    const began = performance.now();
    heads.find((head) => head.textContent === name)?.click();
    return new Promise<number>((resolve) => {
      const look = (): void => {
        if (first() !== before) resolve(performance.now() - began);
        else requestAnimationFrame(look);
      };
      look();
    });
  }, column);
}

/** Types into the filter at once, until the number of rows is the one of the new filter. */
async function type(page: Page, text: string): Promise<number> {
  const counted = page.evaluate(untilCounted);
  await page.getByRole('searchbox', { name: 'Filter' }).fill(text);
  return counted;
}

function untilCounted(): Promise<number> {
  const count = document.querySelector('output');
  const before = count?.textContent;
  return new Promise((resolve) => {
    const began = (): void => {
      const at = performance.now();
      const look = (): void => {
        if (count?.textContent !== before) resolve(performance.now() - at);
        else requestAnimationFrame(look);
      };
      look();
    };
    document.addEventListener('input', began, { once: true, capture: true });
  });
}

/** Until the facets say something else. */
function untilFacets(): Promise<number> {
  const facets = document.querySelector('#facets');
  const before = facets?.textContent;
  const began = performance.now();
  return new Promise((resolve) => {
    const look = (): void => {
      if (facets?.textContent !== before) resolve(performance.now() - began);
      else requestAnimationFrame(look);
    };
    look();
  });
}

/** Scrolls three rows a frame; how long each frame was. */
function scrolled(frames: number): Promise<number[]> {
  const grid = document.querySelector('[role="grid"][aria-label="Flagged users"]');
  const lengths: number[] = [];
  return new Promise((resolve) => {
    let last = performance.now();
    const step = (): void => {
      const now = performance.now();
      lengths.push(now - last);
      last = now;
      if (grid) grid.scrollTop += 84;
      if (lengths.length < frames) requestAnimationFrame(step);
      else resolve(lengths.slice(1));
    };
    requestAnimationFrame(step);
  });
}

/** Nothing is on its way any more. */
async function idle(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 2000 })));
}

/** From the start of the browser shell on the sample day to a queue that takes keys. */
export async function benchStart(): Promise<void> {
  const all = [];
  const work = [];
  for (let round = 0; round < ROUNDS; round++) {
    const app = await openApp(['samples/day.ndjson']);
    try {
      await app.page.locator('[role="grid"] [data-index="0"] [data-column]').first().waitFor();
      all.push(performance.now() - app.startedAt);
      work.push([await app.engineCpu(), await app.cpu()] as const);
    } finally {
      await app.close();
    }
  }
  const [engine, page] = [median(work.map(([own]) => own)), median(work.map(([, own]) => own))];
  console.log(`  processor time: ${ms(engine)} of shell, engine and case, ${ms(page)} of the page's thread`);
  console.log(`  ${all.map(ms).join(', ')}`);
  printTarget(
    'start of the browser shell on the sample, to the queue',
    ms(median(all)),
    'under 1,500 ms',
    median(all) < 1500,
  );
}
