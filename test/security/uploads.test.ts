/** Uploads to the real web shell: who may, under which name, and what is left when one goes wrong. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { request } from 'node:http';
import type { OutgoingHttpHeaders } from 'node:http';
import { expect, test, vi } from 'vitest';
import { shellUnderTest } from './shell-under-test';

/** How long a busy machine may take. */
const PATIENCE_MS = 30_000;

const its = shellUnderTest();

const uploadHeaders = (over: OutgoingHttpHeaders = {}): OutgoingHttpHeaders => ({
  origin: `http://${its.host}`,
  authorization: `Bearer ${its.token}`,
  ...over,
});

test('an upload lands in a private file under a name of ours, and is offered', async () => {
  const name = encodeURIComponent('../../C:\\logs\\day "1".ndjson');
  expect(
    await its.ask(`/files?name=${name}`, { method: 'POST', headers: uploadHeaders(), body: '{"a":1}\n' }),
  ).toMatchObject({ status: 201 });
  expect(its.offered).toEqual([{ name: 'day "1".ndjson', path: expect.stringMatching(/[0-9a-f-]{36}$/) }]);
  const { path } = its.offered[0]!;
  expect(path.startsWith(its.uploads)).toBe(true);
  expect(readFileSync(path, 'utf8')).toBe('{"a":1}\n');
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test.each<[string, number, () => OutgoingHttpHeaders]>([
  ['no key', 401, () => uploadHeaders({ authorization: '' })],
  ['a wrong key', 401, () => uploadHeaders({ authorization: `Bearer ${its.token.toUpperCase()}` })],
  ['the key as a cookie', 401, () => uploadHeaders({ authorization: '', cookie: `t=${its.token}` })],
  ['no origin', 403, () => ({ authorization: `Bearer ${its.token}` })],
  ['a foreign origin', 403, () => uploadHeaders({ origin: 'http://evil.test' })],
  ['a foreign host', 421, () => uploadHeaders({ host: 'evil.test' })],
])('an upload with %s is refused', async (_what, status, headers) => {
  expect(await its.ask('/files?name=a', { method: 'POST', headers: headers(), body: 'x' })).toMatchObject({ status });
  expect(readdirSync(its.uploads)).toEqual([]);
  expect(its.offered).toEqual([]);
});

test.each(['', '?name=', '?name=%20', `?name=${'x'.repeat(256)}`, '?name=a%2F'])(
  'an upload without a usable name, "%s", is refused',
  async (query) => {
    expect(await its.ask(`/files${query}`, { method: 'POST', headers: uploadHeaders(), body: 'x' })).toMatchObject({
      status: 400,
    });
    expect(readdirSync(its.uploads)).toEqual([]);
  },
);

test('an upload from a folder keeps its path as a mere name, and a reason to leave it out has to be a known one', async () => {
  const post = (query: string) => its.ask(`/files?${query}`, { method: 'POST', headers: uploadHeaders(), body: '' });
  const name = encodeURIComponent('logs/../../etc/passwd');
  expect(await post(`name=${name}&found=&left-out=hidden`)).toMatchObject({ status: 201 });
  expect(await post(`name=${name}&found=&left-out=__proto__`)).toMatchObject({ status: 201 });
  expect(await post(`name=${'a/'.repeat(2100)}&found=`)).toMatchObject({ status: 400 });
  const path = expect.stringContaining(its.uploads);
  const upload = { name: 'logs/../../etc/passwd', path, isFound: true };
  expect(its.offered).toEqual([{ ...upload, leftOut: 'hidden' }, upload]);
  expect(its.offered.every((file) => !file.path.includes('passwd'))).toBe(true);
});

test('an upload that is broken off leaves nothing', async () => {
  const upload = request(its.url, {
    path: '/files?name=a',
    method: 'POST',
    headers: { host: its.host, ...uploadHeaders() },
  });
  const failed = new Promise((resolve) => upload.on('error', resolve));
  upload.write('half of it');
  await vi.waitFor(() => expect(readdirSync(its.uploads)).toHaveLength(1), PATIENCE_MS);
  upload.destroy();
  await failed;
  await vi.waitFor(() => expect(readdirSync(its.uploads)).toEqual([]), PATIENCE_MS);
  expect(its.offered).toEqual([]);
});

test('an upload bigger than the disk is refused before it is written', async () => {
  const upload = request(its.url, {
    path: '/files?name=huge.ndjson',
    method: 'POST',
    headers: { host: its.host, ...uploadHeaders(), 'content-length': 2 ** 50 },
  });
  upload.on('error', () => undefined); // we break it off ourselves
  const status = await new Promise((resolve) => {
    upload.on('response', (response) => resolve(response.statusCode));
    upload.write('x');
  });
  upload.destroy();
  expect(status).toBe(507);
  expect(readdirSync(its.uploads)).toEqual([]);
});
