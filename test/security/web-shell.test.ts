/** The real web shell, called as an attacker would: by another name, from another page, without the key, out of bounds. */
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:http';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { connect as connectSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startWebShell } from '../../cli/serve/web-shell';
import type { WebShell } from '../../cli/serve/web-shell';
import { channelPair } from '../../shared/channel';
import type { GrantedPath } from '../../shared/engine-control';
import { connect, serve } from '../../shared/rpc';
import { createFakeEngine } from '../contract/fake-engine';
import { openWebSocket, webSocketChannel } from '../contract/web-socket-channel';

/** How long a busy machine may take. */
const PATIENCE_MS = 30_000;

let root: string;
let uploads: string;
let shell: WebShell;
let host: string;
let token: string;
let opened = 0;
const offered: GrantedPath[] = [];

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'security-test-'));
  mkdirSync(join(root, 'renderer/assets'), { recursive: true });
  writeFileSync(join(root, 'secret.txt'), 'secret');
  writeFileSync(join(root, 'renderer/index.html'), '<title>page</title>');
  writeFileSync(join(root, 'renderer/assets/app-1.js'), 'let a;');
  writeFileSync(join(root, 'renderer/.hidden'), 'secret');
});
afterAll(() => rmSync(root, { recursive: true }));

beforeEach(async () => {
  opened = 0;
  offered.length = 0;
  uploads = mkdtempSync(join(root, 'uploads-'));
  shell = await startWebShell({
    renderer: join(root, 'renderer'),
    folder: uploads,
    port: 0,
    open: () => {
      opened++;
      const [page, far] = channelPair();
      serve(far, createFakeEngine().handlers);
      return page;
    },
    offer: (files) => void offered.push(...files),
  });
  const url = new URL(shell.url);
  host = url.host;
  token = url.hash.slice('#t='.length);
});
afterEach(() => shell.close());

interface Answer {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Sends exactly this path and these headers; `fetch` would tidy both. */
function ask(path: string, { method = 'GET', headers = {}, body = '' }: Partial<Asked> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(shell.url, { path, method, headers: { host, ...headers } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: text }));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
interface Asked {
  method: string;
  headers: OutgoingHttpHeaders;
  body: string;
}

const FOREIGN_HOSTS = ['evil.test', 'localhost', '127.0.0.1', '127.0.0.1:1', '[::1]'];

test('the key has 256 bits and is another one each time', async () => {
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  const second = await startWebShell({
    renderer: root,
    folder: uploads,
    port: 0,
    open: () => undefined,
    offer: () => undefined,
  });
  expect(new URL(second.url).hash).not.toBe(new URL(shell.url).hash);
  await second.close();
});

test('it listens on 127.0.0.1 only', async () => {
  const port = Number(new URL(shell.url).port);
  const refused = await new Promise((resolve) => {
    const socket = connectSocket({ host: '127.0.0.2', port }, () => resolve('connected'));
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
  });
  expect(refused).toBe('ECONNREFUSED');
});

test('the page comes with every header that confines it', async () => {
  const { status, headers, body } = await ask('/');
  expect([status, body]).toEqual([200, '<title>page</title>']);
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; " +
      "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  });
  expect((await ask('/assets/app-1.js')).headers['content-type']).toBe('text/javascript; charset=utf-8');
  expect(await ask('/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
});

test.each(FOREIGN_HOSTS)('another host name, "%s", gets nothing', async (foreign) => {
  for (const path of ['/', '/assets/app-1.js', '/files?name=a', '/rpc']) {
    expect(await ask(path, { headers: { host: foreign } })).toMatchObject({
      status: 421,
      body: 'Open the address that doppel serve printed, as it is.',
    });
  }
  await expect(openWebSocket(shell.url, { host: foreign })).rejects.toThrow(/refused with 4\d\d/);
  expect(opened).toBe(0);
});

test.each(['GET / HTTP/1.0\r\n\r\n', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n'])(
  'a request without one host name, %j, gets nothing',
  async (text) => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connectSocket({ host: '127.0.0.1', port: Number(new URL(shell.url).port) }, () =>
        socket.write(text),
      );
      socket.setEncoding('latin1').once('data', (piece: string) => {
        resolve(piece);
        socket.destroy();
      });
    });
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer).not.toContain('page');
  },
);

test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('%s is not allowed', async (method) => {
  expect(await ask('/', { method })).toMatchObject({ status: 405, body: '' });
});

test.each([
  '/../secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/%2e%2e%2fsecret.txt',
  '/..%5csecret.txt',
  '/assets/../../secret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/assets/%252e%252e/secret.txt',
  '//secret.txt',
  '/%00',
  '/index.html%00.js',
  '/%',
  '/.hidden',
  '/assets',
  '/assets/',
  '/C:/secret.txt',
  'http://evil.test/../secret.txt',
])('%s leads nowhere', async (path) => {
  expect(await ask(path)).toMatchObject({ status: 404, body: '' });
});

test('a page of another origin gets no socket, whatever key it has', async () => {
  const { port } = new URL(shell.url);
  const origins = [
    'http://evil.test',
    `http://localhost:${port}`,
    'http://127.0.0.1:1',
    `https://127.0.0.1:${port}`,
    'null',
    '',
  ];
  for (const origin of origins) {
    await expect(openWebSocket(shell.url, { origin })).rejects.toThrow('refused with 403');
  }
  expect(opened).toBe(0);
});

test('without the key there is no socket', async () => {
  const wrong = [
    ['doppel.1'],
    ['doppel.1', 't.nope'],
    ['doppel.1', `t.${token}x`],
    ['doppel.1', token],
    [`t.${token.slice(1)}`],
  ];
  for (const protocols of wrong) {
    await expect(openWebSocket(shell.url, { protocols })).rejects.toThrow('refused with 401');
  }
  await expect(openWebSocket(shell.url, { path: '/other' })).rejects.toThrow('refused with 404');
  await expect(openWebSocket(shell.url, { path: `/rpc?t=${token}`, protocols: ['doppel.1'] })).rejects.toThrow(
    'refused with 401',
  );
  expect(opened).toBe(0);
});

test('the key is not told to anybody who asks', async () => {
  for (const path of ['/', '/rpc', '/files', '/enter', '/enter?code=', '/enter?code=x']) {
    const answer = await ask(path);
    expect(JSON.stringify(answer)).not.toContain(token);
  }
});

test('the way in for a browser works once', async () => {
  const { pathname, search } = new URL(shell.entryUrl());
  expect(search).not.toContain(token);
  expect(await ask(pathname + search, { headers: { host: 'evil.test' } })).toMatchObject({ status: 421 });
  expect(await ask(pathname + search)).toMatchObject({ status: 303, headers: { location: shell.url } });
  expect(await ask(pathname + search)).toMatchObject({ status: 403 });
});

test('the way in for a browser is closed after a minute', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { pathname, search } = new URL(shell.entryUrl());
  vi.setSystemTime(Date.now() + 60_001);
  expect(await ask(pathname + search)).toMatchObject({ status: 403 });
  vi.useRealTimers();
});

test('a frame that is too big, or is none, ends its socket and no other', async () => {
  const witness = connect(webSocketChannel(await openWebSocket(shell.url)), { check: true });
  const closeCode = async (data: string | Uint8Array): Promise<number> => {
    const socket = await openWebSocket(shell.url);
    return new Promise((resolve) => {
      socket.once('close', resolve);
      socket.send(data);
    });
  };
  expect(await closeCode(' '.repeat(4 * 2 ** 20 + 1))).toBe(1009);
  expect(await closeCode('{')).toBe(1003);
  expect(await closeCode(Uint8Array.of(1, 2))).toBe(1003);
  expect(await closeCode(Uint8Array.of(255, 255, 255, 255, 0))).toBe(1003);
  expect((await witness.call('app.info', {})).version).toBe('1.2.3');
  witness.close();
});

test('messages that are no calls are passed over', async () => {
  const socket = await openWebSocket(shell.url);
  for (const message of [
    'null',
    '1',
    '[]',
    '{"kind":"call"}',
    '{"control":"offer","files":[{"path":"/etc/passwd","name":"x"}]}',
  ]) {
    socket.send(message);
  }
  const client = connect(webSocketChannel(socket), { check: true });
  expect((await client.call('app.info', {})).engine).toContain('offered');
  expect((await client.call('files.offered', {})).length).toBe(0);
  client.close();
});

const uploadHeaders = (over: OutgoingHttpHeaders = {}): OutgoingHttpHeaders => ({
  origin: `http://${host}`,
  authorization: `Bearer ${token}`,
  ...over,
});

test('an upload lands in a private file under a name of ours, and is offered', async () => {
  const name = encodeURIComponent('../../C:\\logs\\day "1".ndjson');
  expect(
    await ask(`/files?name=${name}`, { method: 'POST', headers: uploadHeaders(), body: '{"a":1}\n' }),
  ).toMatchObject({ status: 201 });
  expect(offered).toEqual([{ name: 'day "1".ndjson', path: expect.stringMatching(/[0-9a-f-]{36}$/) }]);
  const { path } = offered[0]!;
  expect(path.startsWith(uploads)).toBe(true);
  expect(readFileSync(path, 'utf8')).toBe('{"a":1}\n');
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test.each<[string, number, () => OutgoingHttpHeaders]>([
  ['no key', 401, () => uploadHeaders({ authorization: '' })],
  ['a wrong key', 401, () => uploadHeaders({ authorization: `Bearer ${token.toUpperCase()}` })],
  ['the key as a cookie', 401, () => uploadHeaders({ authorization: '', cookie: `t=${token}` })],
  ['no origin', 403, () => ({ authorization: `Bearer ${token}` })],
  ['a foreign origin', 403, () => uploadHeaders({ origin: 'http://evil.test' })],
  ['a foreign host', 421, () => uploadHeaders({ host: 'evil.test' })],
])('an upload with %s is refused', async (_what, status, headers) => {
  expect(await ask('/files?name=a', { method: 'POST', headers: headers(), body: 'x' })).toMatchObject({ status });
  expect(readdirSync(uploads)).toEqual([]);
  expect(offered).toEqual([]);
});

test.each(['', '?name=', '?name=%20', `?name=${'x'.repeat(256)}`, '?name=a%2F'])(
  'an upload without a usable name, "%s", is refused',
  async (query) => {
    expect(await ask(`/files${query}`, { method: 'POST', headers: uploadHeaders(), body: 'x' })).toMatchObject({
      status: 400,
    });
    expect(readdirSync(uploads)).toEqual([]);
  },
);

test('an upload from a folder keeps its path as a mere name, and a reason to leave it out has to be a known one', async () => {
  const post = (query: string) => ask(`/files?${query}`, { method: 'POST', headers: uploadHeaders(), body: '' });
  const name = encodeURIComponent('logs/../../etc/passwd');
  expect(await post(`name=${name}&found=&left-out=hidden`)).toMatchObject({ status: 201 });
  expect(await post(`name=${name}&found=&left-out=__proto__`)).toMatchObject({ status: 201 });
  expect(await post(`name=${'a/'.repeat(2100)}&found=`)).toMatchObject({ status: 400 });
  const path = expect.stringContaining(uploads);
  const upload = { name: 'logs/../../etc/passwd', path, isFound: true };
  expect(offered).toEqual([{ ...upload, leftOut: 'hidden' }, upload]);
  expect(offered.every((file) => !file.path.includes('passwd'))).toBe(true);
});

test('an upload that is broken off leaves nothing', async () => {
  const upload = request(shell.url, { path: '/files?name=a', method: 'POST', headers: { host, ...uploadHeaders() } });
  const failed = new Promise((resolve) => upload.on('error', resolve));
  upload.write('half of it');
  await vi.waitFor(() => expect(readdirSync(uploads)).toHaveLength(1), PATIENCE_MS);
  upload.destroy();
  await failed;
  await vi.waitFor(() => expect(readdirSync(uploads)).toEqual([]), PATIENCE_MS);
  expect(offered).toEqual([]);
});

test('an upload bigger than the disk is refused before it is written', async () => {
  const upload = request(shell.url, {
    path: '/files?name=huge.ndjson',
    method: 'POST',
    headers: { host, ...uploadHeaders(), 'content-length': 2 ** 50 },
  });
  upload.on('error', () => undefined); // we break it off ourselves
  const status = await new Promise((resolve) => {
    upload.on('response', (response) => resolve(response.statusCode));
    upload.write('x');
  });
  upload.destroy();
  expect(status).toBe(507);
  expect(readdirSync(uploads)).toEqual([]);
});

test('only plain files are served', async () => {
  symlinkSync(join(root, 'renderer'), join(root, 'renderer/assets/loop.js'));
  expect(await ask('/assets/loop.js')).toMatchObject({ status: 404, body: '' });
});
