/** The ways in which files come into the desktop shell: command line, second start, dialog, drop, menu. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { desktopUnderTest } from './desktop-under-test';

const { folder, log, other, its, start, windowOf, offers, granted, menu } = desktopUnderTest();

test('a second start hands its files to the first and quits', async () => {
  its.world.fake.app.requestSingleInstanceLock.mockReturnValue(false);
  await start([log]);
  expect(its.world.fake.app.requestSingleInstanceLock).toHaveBeenCalledWith({ files: [log] });
  expect(its.world.fake.app.quit).toHaveBeenCalled();
  expect([its.world.windows.length, its.world.engines.length]).toEqual([0, 0]);
});

test('the first start opens what the second hands over, in front', async () => {
  await start();
  windowOf().minimized = true;
  its.world.fake.app.emit('second-instance', {}, ['electron', '.', log], '/', { files: [log, other] });
  expect(offers()).toEqual([{ control: 'offer', files: [granted(log), granted(other)] }]);
  expect(windowOf().restore).toHaveBeenCalled();
  expect(windowOf().focus).toHaveBeenCalled();
  expect(its.world.windows).toHaveLength(1);
});

test.each([null, 'x', { files: 'x' }, { files: [1] }, {}])(
  'a second start that says %j opens nothing',
  async (data) => {
    await start();
    its.world.fake.app.emit('second-instance', {}, [], '/', data);
    expect(offers()).toEqual([]);
  },
);

test('files of the command line, and one that macOS names before the app is ready, are opened', async () => {
  its.world.fake.app.whenReady.mockImplementation(() => {
    its.world.fake.app.emit('open-file', { preventDefault: () => undefined }, other);
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
  expect(its.world.fake.dialog.showErrorBox.mock.lastCall![1]).toBe(
    `${join(folder, 'none.ndjson')}: there is no such file. It may have been moved.\n` +
      `/dev/null is not a regular file. Save the log to a file first.`,
  );
});

const ask = (channel: string, event: unknown, ...args: unknown[]): Promise<unknown> =>
  its.world.answers.get(channel)!(event, ...args);
const fromPage = (): unknown => ({ sender: windowOf().webContents, senderFrame: windowOf().webContents.mainFrame });

test('the page asks for the dialog, and what is chosen is opened', async () => {
  await start();
  its.world.fake.dialog.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: [log] });
  expect(await ask('doppel:open-dialog', fromPage())).toBeUndefined();
  expect(offers()).toEqual([{ control: 'offer', files: [granted(log)] }]);
});

test('the page asks for the dialog of folders', async () => {
  await start();
  const chosen = join(folder, 'renderer');
  its.world.fake.dialog.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: [chosen] });
  expect(await ask('doppel:open-folder-dialog', fromPage())).toBeUndefined();
  const options = { properties: ['openDirectory', 'multiSelections'] };
  expect(its.world.fake.dialog.showOpenDialog.mock.lastCall).toContainEqual(options);
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
  expect(its.world.fake.dialog.showOpenDialog).not.toHaveBeenCalled();
});

test('the menu opens, reopens, and forgets', async () => {
  await start([log]);
  expect(its.world.fake.app.addRecentDocument).toHaveBeenCalledWith(log);
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
  expect(its.world.fake.dialog.showErrorBox).toHaveBeenCalledTimes(1);
  expect(menu('&File', 'Open Recent').submenu).toEqual([{ label: 'No recent files', enabled: false }]);
  its.world.fake.app.emit('second-instance', {}, [], '/', { files: [other] });
  menu('&File', 'Open Recent', 'Clear Recent').click!();
  expect(its.world.fake.app.clearRecentDocuments).toHaveBeenCalled();
  expect(menu('&File', 'Open Recent').submenu).toEqual([{ label: 'No recent files', enabled: false }]);
});
