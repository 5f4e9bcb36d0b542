import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startDesktop } from '../../electron/desktop';
import { domPortChannel, nodePortChannel } from '../../shared/channel';
import type { DomPort } from '../../shared/channel';
import { connect, serve } from '../../shared/rpc';
import type { Client } from '../../shared/rpc';
import { createFakeEngine } from '../contract/fake-engine';
import { fakeElectron } from './fake-electron';
import type { FakeEngine, FakePort, FakeWindow, MenuItem } from './fake-electron';

let folder: string;
let log: string;
let other: string;
let world: ReturnType<typeof fakeElectron>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'desktop-test-'));
  mkdirSync(join(folder, 'renderer'));
  writeFileSync(join(folder, 'renderer/index.html'), '<title>page</title>');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  log = join(folder, 'day & night.ndjson');
  other = join(folder, 'other.csv');
  for (const file of [log, other, join(folder, 'sample.ndjson')]) writeFileSync(file, '');
  world = fakeElectron(join(folder, 'user data'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const start = (files: string[] = [], platform: NodeJS.Platform = 'linux'): Promise<void> =>
  startDesktop(
    world.electron,
    {
      engine: '/dist/engine.js',
      case: '/dist/case.js',
      preload: '/dist/preload.cjs',
      renderer: join(folder, 'renderer'),
      sample: join(folder, 'sample.ndjson'),
    },
    files,
    platform,
  );

const windowOf = (): FakeWindow => world.windows.at(-1)!;
const engineOf = (): FakeEngine => world.engines.at(-1)!;
const offers = (engine = engineOf()): unknown[] =>
  engine.postMessage.mock.calls
    .map(([message]) => message)
    .filter((message) => (message as { control?: string }).control === 'offer');
const granted = (path: string): { path: string; name: string } => ({ path, name: path.slice(folder.length + 1) });
const menu = (...labels: string[]): MenuItem => {
  let items: MenuItem[] = world.fake.Menu.setApplicationMenu.mock.lastCall![0];
  let item: MenuItem = {};
  for (const label of labels) {
    item = items.find((candidate) => candidate.label === label)!;
    items = item.submenu ?? [];
  }
  return item;
};
/** What the page would get: the last port that was handed to it, as a DOM port. */
const pagePort = (): DomPort => {
  const calls = windowOf().webContents.postMessage.mock.calls;
  const port: FakePort = calls.findLast(([channel]) => channel === 'doppel:port')![2][0]!;
  return {
    postMessage: (message) => port.postMessage(message),
    addEventListener: (name: string, listener: (event: { data: unknown }) => void) => void port.on(name, listener),
    start: () => port.start(),
    close: () => port.close(),
  };
};
/** Joins the fake engine to the last port that was handed to the engine process, and the page to the other end. */
const connectPage = (): Client => {
  const port: FakePort = engineOf().postMessage.mock.lastCall![1]![0]!;
  serve(nodePortChannel(port), createFakeEngine().handlers);
  return connect(domPortChannel(pagePort()), { check: true });
};

test('the window is locked down and shows the page', async () => {
  await start();
  expect(windowOf().options.webPreferences).toEqual({
    preload: '/dist/preload.cjs',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    spellcheck: false,
  });
  expect(world.fake.app.enableSandbox).toHaveBeenCalled();
  expect(windowOf().loadURL).toHaveBeenCalledWith('doppel://app/index.html');
  expect(windowOf().show).not.toHaveBeenCalled();
  windowOf().emit('ready-to-show');
  expect(windowOf().show).toHaveBeenCalled();
});

test('the scheme is registered before the app is ready', async () => {
  await start();
  expect(world.calls).toEqual(['registerSchemes', 'whenReady']);
});

test.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('%s stays on the page', async (event) => {
  await start();
  const go = (url: string): boolean => {
    const preventDefault = vi.fn<() => void>();
    windowOf().webContents.emit(event, { url, preventDefault });
    return preventDefault.mock.calls.length === 0;
  };
  expect(go('doppel://app/index.html')).toBe(true);
  const away = [
    'https://example.test/',
    'file:///etc/passwd',
    'doppel://app.evil.test/',
    'doppel://other/',
    'javascript:1',
    'about:blank',
    '',
  ];
  expect(away.filter(go)).toEqual([]);
});

test('no other window, no webview, no permission but to copy a text in our own page', async () => {
  await start();
  const { webContents } = windowOf();
  expect(webContents.setWindowOpenHandler.mock.lastCall![0]({ url: 'doppel://app/' })).toEqual({ action: 'deny' });
  const preventDefault = vi.fn<() => void>();
  webContents.emit('will-attach-webview', { preventDefault });
  expect(preventDefault).toHaveBeenCalled();
  const { defaultSession } = world.fake.session;
  const check = defaultSession.setPermissionCheckHandler.mock.lastCall![0];
  const asked = (permission: string, origin: string): boolean[] => {
    const answer = vi.fn<(granted: boolean) => void>();
    const requestingUrl = `${origin}/index.html`;
    defaultSession.setPermissionRequestHandler.mock.lastCall![0](null, permission, answer, { requestingUrl });
    return [...answer.mock.calls.flat(), check(null, permission, origin), check(null, permission, `${origin}/`)];
  };
  expect(asked('clipboard-sanitized-write', 'doppel://app')).toEqual([true, true, true]);
  expect(asked('clipboard-read', 'doppel://app')).toEqual([false, false, false]);
  expect(asked('clipboard-sanitized-write', 'doppel://app.evil.test')).toEqual([false, false, false]);
  expect(defaultSession.setDevicePermissionHandler.mock.lastCall![0]()).toBe(false);
});

test('the scheme serves the renderer, confined, and nothing else', async () => {
  await start();
  const [scheme, answer] = world.fake.protocol.handle.mock.lastCall!;
  expect(scheme).toBe('doppel');
  const page = await answer(new Request('doppel://app/index.html'));
  expect(await page.text()).toBe('<title>page</title>');
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'self'; script-src 'self';/);
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  for (const url of [
    'doppel://app/..%2fsecret.txt',
    'doppel://app/%2e%2e/secret.txt',
    'doppel://other/index.html',
    'doppel://app/none.js',
    'doppel://app/%00',
  ]) {
    expect([url, (await answer(new Request(url))).status]).toEqual([url, 404]);
  }
  expect((await answer(new Request('doppel://app/index.html', { method: 'POST' }))).status).toBe(404);
});

test('page and engine talk over the ports that main handed out', async () => {
  await start();
  windowOf().webContents.emit('did-finish-load');
  const client = connectPage();
  expect((await client.call('app.info', {})).version).toBe('1.2.3');
  expect((await client.call('timeline.get', { user: 'u' })).segments.ending).toEqual(Uint8Array.of(0, 255, 1));
  await expect(client.call('findings.page', { offset: 0, limit: 1 })).rejects.toMatchObject({ code: 'nothing-open' });
});

test('a reloaded page gets a port of its own', async () => {
  await start();
  windowOf().webContents.emit('did-finish-load');
  const first = pagePort();
  windowOf().webContents.emit('did-finish-load');
  expect(pagePort()).not.toBe(first);
  expect((await connectPage().call('app.info', {})).version).toBe('1.2.3');
});

test('a crashed engine is started again: new port, same files and sample, nothing opens by itself', async () => {
  await start([log]);
  windowOf().webContents.emit('did-finish-load');
  const gone = join(folder, 'gone.ndjson');
  writeFileSync(gone, '');
  world.fake.app.emit('second-instance', {}, [], '/', { files: [gone] });
  rmSync(gone);
  engineOf().emit('exit', 11);
  await vi.waitUntil(() => world.engines.length === 2);
  expect(engineOf().postMessage.mock.calls.map(([message]) => message)).toEqual([
    { control: 'sample', path: join(folder, 'sample.ndjson') },
    { control: 'offer', files: [granted(log)], quiet: true },
    {},
  ]);
  expect((await connectPage().call('app.info', {})).version).toBe('1.2.3');
});

test('an engine that keeps crashing is given up, in words', { timeout: 30_000 }, async () => {
  vi.useFakeTimers();
  await start();
  for (let crash = 1; crash <= 5; crash++) {
    engineOf().emit('exit', 1);
    await vi.runAllTimersAsync();
  }
  vi.useRealTimers();
  expect(world.engines).toHaveLength(5);
  expect(world.fake.dialog.showErrorBox).toHaveBeenCalledTimes(1);
});

test('quitting ends the engine, and that is no crash', async () => {
  await start();
  world.fake.app.emit('will-quit');
  expect(engineOf().kill).toHaveBeenCalled();
  engineOf().emit('exit', 15);
  expect(world.engines).toHaveLength(1);
});

test('a second start hands its files to the first and quits', async () => {
  world.fake.app.requestSingleInstanceLock.mockReturnValue(false);
  await start([log]);
  expect(world.fake.app.requestSingleInstanceLock).toHaveBeenCalledWith({ files: [log] });
  expect(world.fake.app.quit).toHaveBeenCalled();
  expect([world.windows.length, world.engines.length]).toEqual([0, 0]);
});

test('the first start opens what the second hands over, in front', async () => {
  await start();
  windowOf().minimized = true;
  world.fake.app.emit('second-instance', {}, ['electron', '.', log], '/', { files: [log, other] });
  expect(offers()).toEqual([{ control: 'offer', files: [granted(log), granted(other)] }]);
  expect(windowOf().restore).toHaveBeenCalled();
  expect(windowOf().focus).toHaveBeenCalled();
  expect(world.windows).toHaveLength(1);
});

test.each([null, 'x', { files: 'x' }, { files: [1] }, {}])(
  'a second start that says %j opens nothing',
  async (data) => {
    await start();
    world.fake.app.emit('second-instance', {}, [], '/', data);
    expect(offers()).toEqual([]);
  },
);

test('files of the command line, and one that macOS names before the app is ready, are opened', async () => {
  world.fake.app.whenReady.mockImplementation(() => {
    world.fake.app.emit('open-file', { preventDefault: () => undefined }, other);
    return Promise.resolve();
  });
  await start([log]);
  expect(offers()).toEqual([{ control: 'offer', files: [granted(log), granted(other)] }]);
});

test('a folder is opened as a file is', async () => {
  await start([join(folder, 'renderer')]);
  expect(offers()).toEqual([{ control: 'offer', files: [granted(join(folder, 'renderer'))] }]);
});

test('a file that is not there is named, and the others are opened', async () => {
  await start([join(folder, 'none.ndjson'), '/dev/null', log]);
  expect(offers()).toEqual([{ control: 'offer', files: [granted(log)] }]);
  expect(world.fake.dialog.showErrorBox.mock.lastCall![1]).toBe(
    `${join(folder, 'none.ndjson')}: there is no such file. It may have been moved.\n` +
      `/dev/null is not a regular file. Save the log to a file first.`,
  );
});

const ask = (channel: string, event: unknown, ...args: unknown[]): Promise<unknown> =>
  world.answers.get(channel)!(event, ...args);
const fromPage = (): unknown => ({ sender: windowOf().webContents, senderFrame: windowOf().webContents.mainFrame });

test('the page asks for the dialog, and what is chosen is opened', async () => {
  await start();
  world.fake.dialog.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: [log] });
  expect(await ask('doppel:open-dialog', fromPage())).toBeUndefined();
  expect(offers()).toEqual([{ control: 'offer', files: [granted(log)] }]);
});

test('the page asks for the dialog of folders', async () => {
  await start();
  const chosen = join(folder, 'renderer');
  world.fake.dialog.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: [chosen] });
  expect(await ask('doppel:open-folder-dialog', fromPage())).toBeUndefined();
  const options = { properties: ['openDirectory', 'multiSelections'] };
  expect(world.fake.dialog.showOpenDialog.mock.lastCall).toContainEqual(options);
  expect(offers()).toEqual([{ control: 'offer', files: [granted(chosen)] }]);
});

test('a dropped file is opened; one that will not do is answered in words', async () => {
  await start();
  expect(await ask('doppel:open-dropped', fromPage(), log)).toBeUndefined();
  expect(offers()).toEqual([{ control: 'offer', files: [granted(log)] }]);
  expect(await ask('doppel:open-dropped', fromPage(), '/dev/null')).toBe(
    `/dev/null is not a regular file. Save the log to a file first.`,
  );
});

test.each([[], [''], [1], [null], [{}], ['a', 'b'], ['relative.ndjson'], ['x'.repeat(40_000)]].map((args) => [args]))(
  'a drop that says %j opens nothing',
  async (args) => {
    await start();
    expect(await ask('doppel:open-dropped', fromPage(), ...args)).toEqual(expect.any(String));
    expect(offers()).toEqual([]);
  },
);

test('nobody but the main frame of the page is answered', async () => {
  await start();
  const { webContents } = windowOf();
  const senders = [
    { sender: webContents, senderFrame: null },
    { sender: webContents, senderFrame: { url: 'doppel://app/index.html' } }, // a frame inside the page
    { sender: { mainFrame: null }, senderFrame: webContents.mainFrame },
  ];
  for (const sender of senders) {
    await expect(ask('doppel:open-dropped', sender, log)).rejects.toThrow('refused');
    await expect(ask('doppel:open-dialog', sender)).rejects.toThrow('refused');
  }
  webContents.mainFrame.url = 'https://example.test/';
  await expect(ask('doppel:open-dropped', fromPage(), log)).rejects.toThrow('refused');
  expect(offers()).toEqual([]);
  expect(world.fake.dialog.showOpenDialog).not.toHaveBeenCalled();
});

test('the menu opens, reopens, and forgets', async () => {
  await start([log]);
  expect(world.fake.app.addRecentDocument).toHaveBeenCalledWith(log);
  expect(JSON.parse(readFileSync(join(folder, 'user data/recent.json'), 'utf8'))).toEqual({ files: [log] });
  menu('&File', 'Open Recent', 'day && night.ndjson').click!();
  menu('&File', 'Open Sample').click!();
  expect(offers()).toEqual([
    { control: 'offer', files: [granted(log)] },
    { control: 'offer', files: [granted(log)] },
    { control: 'offer', files: [granted(join(folder, 'sample.ndjson'))] },
  ]);
  rmSync(log);
  menu('&File', 'Open Recent', 'day && night.ndjson').click!();
  expect(world.fake.dialog.showErrorBox).toHaveBeenCalledTimes(1);
  expect(menu('&File', 'Open Recent').submenu).toEqual([{ label: 'No recent files', enabled: false }]);
  world.fake.app.emit('second-instance', {}, [], '/', { files: [other] });
  menu('&File', 'Open Recent', 'Clear Recent').click!();
  expect(world.fake.app.clearRecentDocuments).toHaveBeenCalled();
  expect(menu('&File', 'Open Recent').submenu).toEqual([{ label: 'No recent files', enabled: false }]);
});

test('on macOS the app outlives its window, and opens another', async () => {
  await start([], 'darwin');
  windowOf().emit('closed');
  world.fake.app.emit('window-all-closed');
  expect(world.fake.app.quit).not.toHaveBeenCalled();
  world.fake.app.emit('activate');
  expect(world.windows).toHaveLength(2);
  windowOf().webContents.emit('did-finish-load');
  expect((await connectPage().call('app.info', {})).version).toBe('1.2.3');
});

test('elsewhere the app ends with its window', async () => {
  await start();
  windowOf().emit('closed');
  world.fake.app.emit('window-all-closed');
  expect(world.fake.app.quit).toHaveBeenCalled();
});
