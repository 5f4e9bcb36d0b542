/** The desktop shell's window, what its page may do, and its engine. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { desktopUnderTest } from './desktop-under-test';

const { folder, log, its, start, windowOf, engineOf, granted, pagePort, connectPage } = desktopUnderTest();

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
  expect(its.world.fake.app.enableSandbox).toHaveBeenCalled();
  expect(windowOf().loadURL).toHaveBeenCalledWith('doppel://app/index.html');
  expect(windowOf().show).not.toHaveBeenCalled();
  windowOf().emit('ready-to-show');
  expect(windowOf().show).toHaveBeenCalled();
});

test('the scheme is registered before the app is ready', async () => {
  await start();
  expect(its.world.calls).toEqual(['registerSchemes', 'whenReady']);
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
  const { defaultSession } = its.world.fake.session;
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
  const [scheme, answer] = its.world.fake.protocol.handle.mock.lastCall!;
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
  its.world.fake.app.emit('second-instance', {}, [], '/', { files: [gone] });
  rmSync(gone);
  engineOf().emit('exit', 11);
  await vi.waitUntil(() => its.world.engines.length === 2);
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
  expect(its.world.engines).toHaveLength(5);
  expect(its.world.fake.dialog.showErrorBox).toHaveBeenCalledTimes(1);
});

test('quitting ends the engine, and that is no crash', async () => {
  await start();
  its.world.fake.app.emit('will-quit');
  expect(engineOf().kill).toHaveBeenCalled();
  engineOf().emit('exit', 15);
  expect(its.world.engines).toHaveLength(1);
});

test('on macOS the app outlives its window, and opens another', async () => {
  await start([], 'darwin');
  windowOf().emit('closed');
  its.world.fake.app.emit('window-all-closed');
  expect(its.world.fake.app.quit).not.toHaveBeenCalled();
  its.world.fake.app.emit('activate');
  expect(its.world.windows).toHaveLength(2);
  windowOf().webContents.emit('did-finish-load');
  expect((await connectPage().call('app.info', {})).version).toBe('1.2.3');
});

test('elsewhere the app ends with its window', async () => {
  await start();
  windowOf().emit('closed');
  its.world.fake.app.emit('window-all-closed');
  expect(its.world.fake.app.quit).toHaveBeenCalled();
});
