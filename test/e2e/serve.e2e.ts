/** `doppel serve` as a process: what it prints, what it leaves behind, and what it survives. */
import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FileHandle } from '../../shared/contract';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import { connect } from '../../shared/rpc';
import type { Client } from '../../shared/rpc';
import { openWebSocket, webSocketChannel } from '../contract/web-socket-channel';
import { startServe, stop } from './launch';

/** How long a busy machine may take. */
const PATIENCE_MS = 30_000;

const SAMPLE = 'samples/day.ndjson';

let temp: string;
let serving: Awaited<ReturnType<typeof startServe>> | undefined;
beforeEach(() => {
  // all that doppel writes outside its own folder goes here
  temp = mkdtempSync(join(tmpdir(), 'serve-e2e-'));
  vi.stubEnv('TMPDIR', temp);
});
afterEach(async () => {
  if (serving) await stop(serving.process, 'SIGKILL');
  serving = undefined;
  vi.unstubAllEnvs();
  rmSync(temp, { recursive: true, force: true });
});

const start = async (...args: string[]): Promise<string> => {
  serving = await startServe(args);
  return serving.url;
};
const connectPage = async (url: string): Promise<Client> =>
  connect(webSocketChannel(await openWebSocket(url)), { check: true });
const upload = (url: string, name: string, body: Buffer): Promise<Response> => {
  const { origin, hash } = new URL(url);
  return fetch(`${origin}/files?name=${name}`, {
    method: 'POST',
    headers: { origin, authorization: `Bearer ${hash.slice('#t='.length)}` },
    body: new Uint8Array(body),
  });
};
const run = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, ['dist/node/cli.js', ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
/** A zombie that nobody has reaped yet is not alive. */
const isAlive = (pid: number): boolean =>
  /^[^Z]/.test(spawnSync('ps', ['-o', 'stat=', '-p', String(pid)]).stdout.toString());

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s ends everything with code 0 and leaves nothing behind',
  async (signal) => {
    const url = await start(SAMPLE);
    const page = await connectPage(url);
    const { pid } = await page.call('app.info', {});
    const [file] = await page.call('files.offered', {});
    await page.call('log.open', { files: [file!.id] });
    expect((await upload(url, 'x.ndjson', Buffer.from('x'))).status).toBe(201);
    expect(readdirSync(temp)).toHaveLength(2);
    expect(await stop(serving!.process, signal)).toBe(0);
    expect(isAlive(pid)).toBe(false);
    expect(readdirSync(temp)).toEqual([]);
  },
);

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s to the whole process group, as a terminal and a system that shuts down send it, ends everything without a word',
  async (signal) => {
    const app = spawn(process.execPath, ['dist/node/cli.js', 'serve', '--no-open', SAMPLE], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DOPPEL_DATA_FOLDER: temp },
      detached: true,
    });
    const [url] = (await once(createInterface(app.stdout), 'line')) as [string]; // what a line event carries
    await connectPage(url);
    const said = text(app.stderr);
    const ended = once(app, 'exit');
    process.kill(-app.pid!, signal);
    expect(await ended).toEqual([0, null]);
    expect(await said).toBe('');
  },
);

test('a file of the command line is read, and what is found is what the CLI finds', async () => {
  const page = await connectPage(await start(SAMPLE));
  const [file] = await page.call('files.offered', {});
  expect(file).toMatchObject({ name: 'day.ndjson' });
  const log = await page.call('log.open', { files: [file!.id] });
  const detection = await page.call('detection.run', { parameters: DEFAULT_PARAMETERS });
  const { stdout } = await run('detect', SAMPLE, '--format', 'json');
  const { totals } = JSON.parse(stdout) as { totals: Record<string, number> }; // the documented output
  expect(totals).toMatchObject({
    records: log.records,
    events: log.events,
    findings: detection.findings,
    overlaps: detection.overlaps,
  });
});

test('an uploaded file is offered to the page and read', async () => {
  const url = await start();
  const page = await connectPage(url);
  const offered = new Promise<FileHandle[]>((resolve) => page.on('files.offered', resolve));
  const body = readFileSync(SAMPLE);
  expect((await upload(url, 'from%20the%20page.ndjson', body)).status).toBe(201);
  const [file] = await offered;
  expect(file).toMatchObject({ name: 'from the page.ndjson', bytes: body.length });
  expect((await page.call('log.open', { files: [file!.id] })).records).toBe(3433);
});

test('the sample is at hand', async () => {
  const page = await connectPage(await start());
  const sample = await page.call('files.sample', {});
  expect((await page.call('log.open', { files: [sample.id] })).records).toBe(3433);
});

test('an engine killed while it reads fails that call, and the next page finds a new engine with the same file', async () => {
  const url = await start(SAMPLE);
  const page = await connectPage(url);
  const { pid } = await page.call('app.info', {});
  const [file] = await page.call('files.offered', {});
  const call = page.call(
    'log.open',
    { files: [file!.id] },
    { onProgress: () => void (isAlive(pid) && process.kill(pid, 'SIGKILL')) },
  );
  await expect(call).rejects.toMatchObject({ code: 'disconnected' });
  const next = await vi.waitFor(async () => {
    const again = await connectPage(url);
    expect((await again.call('app.info', {})).pid).not.toBe(pid);
    return again;
  }, PATIENCE_MS);
  const [sameFile] = await next.call('files.offered', {});
  expect((await next.call('log.open', { files: [sameFile!.id] })).records).toBe(3433);
});

test('a killed shell takes its engine and its uploads with it', async () => {
  const url = await start();
  const page = await connectPage(url);
  const { pid } = await page.call('app.info', {});
  expect((await upload(url, 'x.ndjson', Buffer.from('x'))).status).toBe(201);
  await stop(serving!.process, 'SIGKILL');
  await vi.waitFor(() => expect([isAlive(pid), ...readdirSync(temp)]).toEqual([false]), PATIENCE_MS);
});

test('a port in use, a missing file and a wrong option are one clear line each', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo; // of a TCP server that listens
  expect(await run('serve', '--no-open', '--port', String(port))).toEqual({
    code: 1,
    stdout: '',
    stderr: `doppel: Port ${port} is in use. Choose another with --port N, or leave --port out to get a free one.\n`,
  });
  taken.close();
  expect(await run('serve', '--no-open', 'none.ndjson')).toEqual({
    code: 1,
    stdout: '',
    stderr: 'doppel: none.ndjson: there is no such file. Check the path.\n',
  });
  expect(await run('serve', '--wrong')).toEqual({
    code: 2,
    stdout: '',
    stderr: 'doppel: There is no option --wrong. See doppel serve --help.\n',
  });
  expect(readdirSync(temp)).toEqual([]);
});

test.runIf(process.platform === 'linux')(
  'npm start without a display says so in one line and starts the web shell',
  async () => {
    const app = spawn(process.execPath, ['dist/node/start.js', '--no-open', SAMPLE], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' },
    });
    const [url] = (await once(createInterface(app.stdout), 'line')) as [string]; // what a line event carries
    const page = await connectPage(url);
    expect(await page.call('files.offered', {})).toMatchObject([{ name: 'day.ndjson' }]);
    const said = text(app.stderr);
    expect(await stop(app)).toBe(0);
    expect(await said).toBe(
      'The desktop app cannot start here: there is no display. Starting it in the browser instead.\n',
    );
  },
);
