import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach } from 'vitest';
import { startDesktop } from '../../electron/desktop';
import { domPortChannel, nodePortChannel } from '../../shared/channel';
import type { DomPort } from '../../shared/channel';
import { connect, serve } from '../../shared/rpc';
import type { Client } from '../../shared/rpc';
import { createFakeEngine } from '../contract/fake-engine';
import { domPortOf, fakeElectron } from './fake-electron';
import type { FakeEngine, FakePort, FakeWindow, MenuItem } from './fake-electron';

/** The desktop shell in front of a stand-in for Electron and a fake engine, both new for each test of the file. */
export function desktopUnderTest() {
  const root = mkdtempSync(join(tmpdir(), 'desktop-test-'));
  const folder = join(root, 'files');
  const log = join(folder, 'day & night.ndjson');
  const other = join(folder, 'other.csv');
  const its = { world: fakeElectron(join(folder, 'user data')) };
  beforeEach(() => {
    mkdirSync(join(folder, 'renderer'), { recursive: true });
    writeFileSync(join(folder, 'renderer/index.html'), '<title>page</title>');
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    for (const file of [log, other, join(folder, 'sample.ndjson')]) writeFileSync(file, '');
    its.world = fakeElectron(join(folder, 'user data'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  afterAll(() => rmSync(root, { recursive: true }));

  const start = (files: string[] = [], platform: NodeJS.Platform = 'linux'): Promise<void> =>
    startDesktop(
      its.world.electron,
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
  const windowOf = (): FakeWindow => its.world.windows.at(-1)!;
  const engineOf = (): FakeEngine => its.world.engines.at(-1)!;
  const offers = (): unknown[] =>
    engineOf()
      .postMessage.mock.calls.map(([message]) => message)
      .filter((message) => (message as { control?: string }).control === 'offer');
  const granted = (path: string): { path: string; name: string } => ({ path, name: path.slice(folder.length + 1) });
  const menu = (...labels: string[]): MenuItem => {
    let items: MenuItem[] = its.world.fake.Menu.setApplicationMenu.mock.lastCall![0];
    let item: MenuItem = {};
    for (const label of labels) {
      item = items.find((candidate) => candidate.label === label)!;
      items = item.submenu ?? [];
    }
    return item;
  };
  /** What the page would get: the last port that was handed to it. */
  const pagePort = (): FakePort => {
    const calls = windowOf().webContents.postMessage.mock.calls;
    return calls.findLast(([channel]) => channel === 'doppel:port')![2][0]!;
  };
  /** Joins the fake engine to the last port that was handed to the engine process, and the page to the other end. */
  const connectPage = (): Client => {
    const port: FakePort = engineOf().postMessage.mock.lastCall![1]![0]!;
    serve(nodePortChannel(port), createFakeEngine().handlers);
    const page: DomPort = domPortOf(pagePort());
    return connect(domPortChannel(page), { check: true });
  };
  return { folder, log, other, its, start, windowOf, engineOf, offers, granted, menu, pagePort, connectPage };
}
