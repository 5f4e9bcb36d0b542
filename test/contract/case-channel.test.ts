/** The case process behind the web shell: the page's second channel. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { EngineProcess } from '../../cli/serve/engine-process';
import { startWebShell } from '../../cli/serve/web-shell';
import { connectCase } from '../../shared/case-client';
import type { CaseClient } from '../../shared/case-client';
import type { CaseTold } from '../../shared/engine-control';
import { bundle, temporaryFolder } from '../case/crash';
import { openWebSocket, webSocketChannel } from './web-socket-channel';

/** How long a busy machine may take. */
const PATIENCE_MS = 30_000;

let root: Awaited<ReturnType<typeof temporaryFolder>>;
let file: string;
beforeAll(async () => {
  root = await temporaryFolder();
  file = await bundle(join(import.meta.dirname, '../../engine/case/start.ts'), join(root.path, 'built'), 'case.mjs');
});
afterAll(() => root.remove());

async function shellOf(folder: string | undefined) {
  const told: CaseTold[] = [];
  const onCase = (news: CaseTold): void => void told.push(news);
  const keeper =
    folder === undefined ? undefined : new EngineProcess({ file, args: [folder], onCase, onCrash: () => undefined });
  const shell = await startWebShell({
    renderer: root.path,
    folder: root.path,
    port: 0,
    open: () => undefined,
    openCase: keeper && (() => keeper.open()),
    offer: () => undefined,
  });
  return {
    keeper,
    told,
    page: async (): Promise<CaseClient> =>
      connectCase(webSocketChannel(await openWebSocket(shell.url, { path: '/case' })), { check: true }),
    close: async () => {
      await shell.close();
      await keeper?.stop();
    },
  };
}

test('what one page decides every page can read, also after the process was killed and the shell started again', async () => {
  const folder = join(root.path, 'shared');
  const first = await shellOf(folder);
  const [one, two] = [await first.page(), await first.page()];
  await one.call('decisions.make', { findings: ['a'], change: { status: 'closed', verdict: 'true positive' } });
  await expect(one.call('decisions.make', { findings: ['b'], change: { status: 'closed' } })).rejects.toMatchObject({
    code: 'verdict-needed',
  });
  expect(await two.call('decisions.get', { findings: ['a', 'b'] })).toMatchObject([{ finding: 'a', status: 'closed' }]);

  const pid = first.keeper!.pid!;
  const lost = new Promise<string>((resolve) => one.onClose(resolve));
  process.kill(pid, 'SIGKILL');
  await lost;
  await vi.waitUntil(() => first.keeper!.pid !== undefined && first.keeper!.pid !== pid, PATIENCE_MS);
  const three = await first.page();
  expect(await three.call('case.state', {})).toMatchObject({ name: 'shared', decisions: 1, readOnly: null });
  await first.close();

  const second = await shellOf(folder);
  expect(await (await second.page()).call('decisions.get', { findings: ['a'] })).toMatchObject([
    { verdict: 'true positive' },
  ]);
  await second.close();
});

test('a second shell on the same case is told that it is in use, and reads it, and gets it once it is free', async () => {
  const folder = join(root.path, 'in-use');
  const [first, second] = [await shellOf(folder), await shellOf(folder)];
  await (await first.page()).call('case.state', {});
  const page = await second.page();
  expect(await page.call('case.state', {})).toMatchObject({ heldBy: { pid: first.keeper!.pid } });
  await first.close();
  expect(await page.call('case.state', {})).toMatchObject({ readOnly: null });
  await second.close();
});

test('the shell hears which case it will be before a page asks, and whether nobody else has it once it is open', async () => {
  const folder = join(root.path, 'told');
  const first = await shellOf(folder);
  await expect.poll(() => first.told, { timeout: PATIENCE_MS }).toEqual([{ folder, mayWrite: false }]);
  await (await first.page()).call('case.state', {});
  await expect.poll(() => first.told.at(-1)).toEqual({ folder, mayWrite: true });
  const second = await shellOf(folder);
  const page = await second.page();
  await page.call('case.state', {});
  expect(second.told).toEqual([{ folder, mayWrite: false }]);
  await first.close();
  await page.call('case.state', {});
  await expect.poll(() => second.told.at(-1)).toEqual({ folder, mayWrite: true });
  await second.close();
});

test('a shell without a case closes the channel at once', async () => {
  const shell = await shellOf(undefined);
  const page = await shell.page();
  await expect(page.call('case.state', {})).rejects.toMatchObject({ code: 'disconnected' });
  await shell.close();
});
