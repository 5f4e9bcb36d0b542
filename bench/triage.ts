import type { Page } from '@playwright/test';
import { openApp } from './app-page';
import { flaggedLog } from './flagged-log';
import { printTarget } from './report';

const DECISIONS = 500;
const KEYS = ['1', 'c', 'j', '2', 'i', 'j', '3', 'u', '4', 'c', 'j', '5', 'c', 'u', 'k', 'j', 'j', '1', 'i', 'j'];
const DECIDING = new Set(['1', '2', '3', '4', '5', 'c', 'i', 'u']);
const MB = 1e6;

/** Ten minutes of work in fewer: 500 decisions by keys over 100,000 findings. No task may be long, and nothing may pile up. */
export async function benchTriage(): Promise<void> {
  const app = await openApp([await flaggedLog(100_000)]);
  const { page } = app;
  try {
    const first = page.locator('[role="grid"] [data-index="0"]').first();
    await first.locator('[data-column]').first().waitFor({ timeout: 300_000 });
    await first.click();
    await page.getByRole('region', { name: 'Decision' }).waitFor();
    await decide(page, 40); // what is loaded once is not growth
    const heapBefore = await app.heap();
    const began = await page.evaluate(() => performance.now());
    const cpuBefore = await app.cpu();
    const longestCpu = await app.longestTask(() => decide(page, DECISIONS));
    const tasks = (await app.longTasks()).filter(({ start }) => start > began);
    const cpu = await app.cpu();
    const growth = ((await app.heap()) - heapBefore) / MB;
    const longest = Math.max(0, ...tasks.map(({ duration }) => duration));
    console.log(
      `  a key takes ${((cpu - cpuBefore) / DECISIONS).toFixed(1)} ms of the page's thread; tasks over 50 ms: ${tasks.length}`,
    );
    const reached = tasks.length === 0 ? 'none over 50 ms' : `${longest.toFixed(0)} ms`;
    printTarget('longest task in 500 decisions', reached, 'under 100 ms', longest < 100);
    printTarget('the same in time on the processor', `${longestCpu.toFixed(0)} ms`, 'under 100 ms', longestCpu < 100);
    printTarget('growth of memory in 500 decisions', `${growth.toFixed(1)} MB`, 'under 50 MB', growth < 50);
  } finally {
    await app.close();
  }
}

/** So many decisions; between them the analyst goes to the next user, and waits until that one is shown. */
async function decide(page: Page, decisions: number): Promise<void> {
  for (let made = 0, at = 0; made < decisions; at++) {
    const key = KEYS[at % KEYS.length] ?? 'j';
    await page.keyboard.press(key);
    if (DECIDING.has(key)) made++;
    else await page.waitForTimeout(200); // the row rests, and the user's timeline is read
  }
}
