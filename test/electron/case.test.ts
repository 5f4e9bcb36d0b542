/** The desktop shell's case, preferences and window, over ports that really carry messages. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startDesktop } from '../../electron/desktop';
import { serveCase } from '../../engine/case/handlers';
import { createEngine } from '../../engine/handlers';
import { connectCase } from '../../shared/case-client';
import { domPortChannel, nodePortChannel } from '../../shared/channel';
import type { DomPort } from '../../shared/channel';
import { connect, serve } from '../../shared/rpc';
import { domPortOf, fakeElectron } from './fake-electron';
import type { FakeEngine, FakePort, FakeWindow } from './fake-electron';

let folder: string;
let world: ReturnType<typeof fakeElectron>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'desktop-case-'));
  world = fakeElectron(join(folder, 'user data'));
  mkdirSync(join(folder, 'user data'));
  writeFileSync(join(folder, 'sample.ndjson'), '');
});
afterEach(() => rmSync(folder, { recursive: true }));

const start = async (): Promise<FakeWindow> => {
  const [engine, keeper] = ['/dist/engine.js', '/dist/case.js'];
  const paths = { engine, case: keeper, preload: '/dist/preload.cjs', renderer: folder };
  await startDesktop(world.electron, { ...paths, sample: join(folder, 'sample.ndjson') }, [], 'linux');
  const window = world.windows.at(-1)!;
  window.webContents.emit('did-finish-load');
  return window;
};
const keeperOf = (): FakeEngine => world.keepers.at(-1)!;
const controls = (): unknown[] =>
  keeperOf().postMessage.mock.calls.flatMap(([message, ports]) => (ports ? [] : [message]));
/** The two ends of the last channel of a name: that of the page, and that of the process. */
const endsOf = (window: FakeWindow, name: string, child: FakeEngine): [DomPort, FakePort] => {
  const port = window.webContents.postMessage.mock.calls.findLast(([channel]) => channel === name)![2][0]!;
  return [domPortOf(port), child.postMessage.mock.calls.findLast(([, ports]) => ports !== undefined)![1]![0]!];
};

test('the keeper of the case is a process of its own, with the user’s data folder, and ends with the app', async () => {
  writeFileSync(join(folder, 'user data/open-case'), '/left/by/the/run/before');
  await start();
  expect(world.fake.utilityProcess.fork).toHaveBeenCalledWith(
    '/dist/case.js',
    ['', 'user', join(folder, 'user data/open-case')],
    expect.objectContaining({ serviceName: 'Doppel case' }),
  );
  expect(existsSync(join(folder, 'user data/open-case'))).toBe(false);
  expect(controls()).toEqual([]);
  world.fake.app.emit('will-quit');
  expect(keeperOf().kill).toHaveBeenCalled();
});

test('the engine is told which case is open, and so is the one that comes after it', async () => {
  await start();
  const told = { folder: '/cases/Default', mayWrite: true };
  keeperOf().emit('message', { control: 'case-opened', told });
  expect(world.engines[0]!.postMessage).toHaveBeenCalledWith({ control: 'case', told });
  world.engines[0]!.emit('exit', 11);
  await vi.waitUntil(() => world.engines.length === 2);
  expect(world.engines[1]!.postMessage).toHaveBeenCalledWith({ control: 'case', told });
});

test('the page decides over the port that was handed to it; a keeper that crashed is started again with another port', async () => {
  const window = await start();
  const keeper = serveCase({ folder: join(folder, 'case') });
  const [page, far] = endsOf(window, 'doppel:case-port', keeperOf());
  keeper.attach(nodePortChannel(far));
  const client = connectCase(domPortChannel(page), { check: true });
  await client.call('decisions.make', { findings: ['a'], change: { status: 'in progress' } });
  keeperOf().emit('exit', 11);
  await vi.waitUntil(() => world.keepers.length === 2);
  const [nextPage, nextFar] = endsOf(window, 'doppel:case-port', keeperOf());
  keeper.attach(nodePortChannel(nextFar));
  const next = connectCase(domPortChannel(nextPage), { check: true });
  expect(await next.call('decisions.get', { findings: ['a'] })).toMatchObject([{ status: 'in progress' }]);
  await keeper.close();
});

test('the folder of a case that is chosen in the dialog is opened; none is none', async () => {
  const window = await start();
  const fromPage = { sender: window.webContents, senderFrame: window.webContents.mainFrame };
  const ask = (): Promise<unknown> => world.answers.get('doppel:open-case-dialog')!(fromPage);
  expect(await ask()).toBeUndefined();
  expect(controls()).toEqual([]);
  world.fake.dialog.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: ['/cases/night'] });
  await ask();
  expect(controls()).toEqual([{ control: 'open-case', folder: '/cases/night' }]);
  expect(world.fake.dialog.showOpenDialog.mock.lastCall).toContainEqual({
    properties: ['openDirectory', 'createDirectory'],
  });
});

test('preferences are written and read again over the engine’s port', async () => {
  const window = await start();
  const preferencesFile = join(folder, 'preferences.json');
  const engine = createEngine({ tempFolder: folder, preferencesFile });
  const [page, far] = endsOf(window, 'doppel:port', world.engines.at(-1)!);
  serve(nodePortChannel(far), engine.handlers);
  const client = connect(domPortChannel(page), { check: true });
  await client.call('preferences.write', { preferences: { theme: 'dark', filter: { text: 'mara' } } });
  const again = createEngine({ tempFolder: folder, preferencesFile });
  expect(await again.handlers['preferences.read']({}, {} as never)).toMatchObject({
    preferences: { theme: 'dark', filter: { text: 'mara' } },
  });
  await Promise.all([engine.close(), again.close()]);
});

test('the window is where it was last, also maximized, but not on a screen that is gone', async () => {
  const first = await start();
  expect(first.options).toMatchObject({ width: 1440, height: 900 });
  Object.assign(first, { bounds: { x: 100, y: 50, width: 1300, height: 800 }, maximized: true });
  first.emit('close');
  const second = await start();
  expect(second.options).toMatchObject({ x: 100, y: 50, width: 1300, height: 800 });
  expect(second.maximize).toHaveBeenCalled();
  second.bounds = { x: 2500, y: 50, width: 1300, height: 800 };
  second.emit('close');
  const third = await start();
  expect(third.options).toMatchObject({ width: 1440, height: 900 });
  expect(third.options.x).toBeUndefined();
  writeFileSync(join(folder, 'user data/window.json'), '{');
  expect((await start()).options.width).toBe(1440);
});
