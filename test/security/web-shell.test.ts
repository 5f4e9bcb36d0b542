/** The real web shell, called as an attacker would: by another name, from another page, without the key, out of bounds. */
import { symlinkSync } from 'node:fs';
import { connect as connectSocket } from 'node:net';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { startWebShell } from '../../cli/serve/web-shell';
import { connect } from '../../shared/rpc';
import { openWebSocket, webSocketChannel } from '../contract/web-socket-channel';
import { shellUnderTest } from './shell-under-test';

const its = shellUnderTest();

const FOREIGN_HOSTS = ['evil.test', 'localhost', '127.0.0.1', '127.0.0.1:1', '[::1]'];

test('the key has 256 bits and is another one each time', async () => {
  expect(Buffer.from(its.token, 'base64url')).toHaveLength(32);
  const second = await startWebShell({
    renderer: its.root,
    folder: its.uploads,
    port: 0,
    open: () => undefined,
    offer: () => undefined,
  });
  expect(new URL(second.url).hash).not.toBe(new URL(its.url).hash);
  await second.close();
});

test('it listens on 127.0.0.1 only', async () => {
  const port = Number(new URL(its.url).port);
  const refused = await new Promise((resolve) => {
    const socket = connectSocket({ host: '127.0.0.2', port }, () => resolve('connected'));
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
  });
  expect(refused).toBe('ECONNREFUSED');
});

test('the page comes with every header that confines it', async () => {
  const { status, headers, body } = await its.ask('/');
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
  expect((await its.ask('/assets/app-1.js')).headers['content-type']).toBe('text/javascript; charset=utf-8');
  expect(await its.ask('/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
});

test.each(FOREIGN_HOSTS)('another host name, "%s", gets nothing', async (foreign) => {
  for (const path of ['/', '/assets/app-1.js', '/files?name=a', '/rpc']) {
    expect(await its.ask(path, { headers: { host: foreign } })).toMatchObject({
      status: 421,
      body: 'Open the address that doppel serve printed, as it is.',
    });
  }
  await expect(openWebSocket(its.url, { host: foreign })).rejects.toThrow(/refused with 4\d\d/);
  expect(its.opened).toBe(0);
});

test.each(['GET / HTTP/1.0\r\n\r\n', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n'])(
  'a request without one host name, %j, gets nothing',
  async (text) => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connectSocket({ host: '127.0.0.1', port: Number(new URL(its.url).port) }, () =>
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
  expect(await its.ask('/', { method })).toMatchObject({ status: 405, body: '' });
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
  expect(await its.ask(path)).toMatchObject({ status: 404, body: '' });
});

test('a page of another origin gets no socket, whatever key it has', async () => {
  const { port } = new URL(its.url);
  const origins = [
    'http://evil.test',
    `http://localhost:${port}`,
    'http://127.0.0.1:1',
    `https://127.0.0.1:${port}`,
    'null',
    '',
  ];
  for (const origin of origins) {
    await expect(openWebSocket(its.url, { origin })).rejects.toThrow('refused with 403');
  }
  expect(its.opened).toBe(0);
});

test('without the key there is no socket', async () => {
  const wrong = [
    ['doppel.1'],
    ['doppel.1', 't.nope'],
    ['doppel.1', `t.${its.token}x`],
    ['doppel.1', its.token],
    [`t.${its.token.slice(1)}`],
  ];
  for (const protocols of wrong) {
    await expect(openWebSocket(its.url, { protocols })).rejects.toThrow('refused with 401');
  }
  await expect(openWebSocket(its.url, { path: '/other' })).rejects.toThrow('refused with 404');
  await expect(openWebSocket(its.url, { path: `/rpc?t=${its.token}`, protocols: ['doppel.1'] })).rejects.toThrow(
    'refused with 401',
  );
  expect(its.opened).toBe(0);
});

test('the key is not told to anybody who asks', async () => {
  for (const path of ['/', '/rpc', '/files', '/enter', '/enter?code=', '/enter?code=x']) {
    const answer = await its.ask(path);
    expect(JSON.stringify(answer)).not.toContain(its.token);
  }
});

test('the way in for a browser works once', async () => {
  const { pathname, search } = new URL(its.shell.entryUrl());
  expect(search).not.toContain(its.token);
  expect(await its.ask(pathname + search, { headers: { host: 'evil.test' } })).toMatchObject({ status: 421 });
  expect(await its.ask(pathname + search)).toMatchObject({ status: 303, headers: { location: its.url } });
  expect(await its.ask(pathname + search)).toMatchObject({ status: 403 });
});

test('the way in for a browser is closed after a minute', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { pathname, search } = new URL(its.shell.entryUrl());
  vi.setSystemTime(Date.now() + 60_001);
  expect(await its.ask(pathname + search)).toMatchObject({ status: 403 });
  vi.useRealTimers();
});

test('a frame that is too big, or is none, ends its socket and no other', async () => {
  const witness = connect(webSocketChannel(await openWebSocket(its.url)), { check: true });
  const closeCode = async (data: string | Uint8Array): Promise<number> => {
    const socket = await openWebSocket(its.url);
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
  const socket = await openWebSocket(its.url);
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

test('only plain files are served', async () => {
  symlinkSync(join(its.root, 'renderer'), join(its.root, 'renderer/assets/loop.js'));
  expect(await its.ask('/assets/loop.js')).toMatchObject({ status: 404, body: '' });
});
