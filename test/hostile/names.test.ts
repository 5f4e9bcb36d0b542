/** Promise 10: no name and no value is taken for something that the program itself knows. */
import { afterAll, describe, expect, test } from 'vitest';
import { createEngine } from '../../engine/handlers';
import { activity, jsonLines, MadeFiles } from '../../engine/ingest/made-log';
import { channelPair } from '../../shared/channel';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import { connect, serve } from '../../shared/rpc';
import { expectWhole, findingsCsv, good, linesAround, sessionsOf } from './log';

const files = new MadeFiles();
afterAll(() => files.remove());

const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasownproperty',
  'null',
  'undefined',
  '0',
  "'; drop table record; --",
];

/** A session at one source IP all the time, and one at another in the middle of it. */
function atTwo(user: string, index: number): Record<string, unknown>[] {
  const at = (minute: number): string => new Date(Date.UTC(2026, 2, 2, 8, minute)).toISOString();
  const record = (session: string, ip: string, from: number, to: number): Record<string, unknown> =>
    activity(0, {
      Username: user,
      SessionID: session,
      ConnectionID: `${session},${index}`,
      ClientPublicIP: ip,
      ClientCountryCode: user,
      LogTimestamp: at(to),
      ConnectionStatus: 'close',
      TimestampConnectionStart: at(from),
      TimestampConnectionEnd: at(to),
    });
  return [record(user, '10.0.0.1', 0, 50), record(`${user}2`, '10.0.0.2', 10, 40)];
}

test('promise 10: users, sessions and countries called __proto__ or constructor are found, counted, filtered and drawn as others are', async () => {
  const path = files.write('names.ndjson', jsonLines(NAMES.flatMap(atTwo)));
  const engine = createEngine({ tempFolder: files.folder });
  const [here, there] = channelPair();
  serve(there, engine.handlers);
  const client = connect(here);
  try {
    const [handle] = await engine.offer([{ path, name: 'names.ndjson' }]);
    await client.call('log.open', { files: [handle?.id ?? ''] });
    const { findings } = await client.call('detection.run', { parameters: DEFAULT_PARAMETERS });
    expect(findings).toBe(NAMES.length);
    const page = await client.call('findings.page', { offset: 0, limit: 100 });
    expect(page.rows.map(({ DstUserName }) => DstUserName).toSorted()).toEqual(NAMES.toSorted());
    for (const user of NAMES.map((name) => name.toLowerCase())) {
      expect((await client.call('timeline.get', { user })).lanes).toHaveLength(2);
      expect((await client.call('overlaps.page', { user, offset: 0, limit: 10 })).total).toBe(1);
      expect(await client.call('user.why-not', { user })).toBeTypeOf('object');
    }
    await client.call('findings.facets', { filter: {}, top: {} });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  } finally {
    client.close();
    await engine.close();
  }
});

describe('promise 8: keys', () => {
  test.each<[string, string]>([
    ['__proto__ as an object', '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}'],
    ['__proto__ as a text', '"__proto__":"x","constructor":"y","toString":"z"'],
    ['an empty key', '"":1,"":2'],
    ['a key of 100,000 characters', `"${'k'.repeat(100_000)}":1`],
    ['5,000 keys', Array.from({ length: 5000 }, (_, index) => `"k${index}":${index}`).join(',')],
    ['a key with quotes and paths', String.raw`"a\"b/c~d.e[0]$":1`],
  ])('%s', async (name, members) => {
    const log = await files.open([
      files.write(name.slice(0, 20), linesAround(`${good('x').slice(0, -1)},${members}}`)),
    ]);
    expect(await sessionsOf(log)).toEqual(['g1', 'g2', 'g3', 'x', 'g4', 'g5', 'g6']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expectWhole(log.summary);
  });

  test('of a key that a record has twice the first counts, in every way to read it', async () => {
    const twice = `{"Username":"first",${good('x').slice(1)}`;
    const array = `[${[good('a'), twice].join(',\n')}]`;
    for (const content of [twice, array, `${twice}\n"broken\n`]) {
      const log = await files.open([files.write('twice', content)]);
      const users = await log.database.use(undefined, (connection) =>
        connection.rows("select user_name from event where session_id = 'x'"),
      );
      expect(users).toEqual([['first']]);
    }
  });
});

describe('promise 11: one address is one source, however it is written', () => {
  const at = (ClientPublicIP: string, minute: number): Record<string, unknown> =>
    activity(minute, { Username: 'u', SessionID: ClientPublicIP, ClientPublicIP, ConnectionID: `${ClientPublicIP},1` });

  test.each([
    ['a port', ['198.51.100.9', '198.51.100.9:443', '198.51.100.9:50123', '198.51.100.9']],
    ['IPv4 in IPv6', ['198.51.100.9', '::ffff:198.51.100.9', '::FFFF:c633:6409', '[::ffff:198.51.100.9]:443']],
    ['IPv6', ['2001:db8::1', '2001:DB8:0:0::1', '[2001:db8::1]', '[2001:db8::1]:8080']],
    ['a zone', ['fe80::1%eth0', 'FE80:0::1%eth0', '[fe80::1%eth0]', 'fe80::1%eth0']],
  ])('%s makes no second source', async (name, ips) => {
    const log = await files.open([files.write(`same ${name}`, jsonLines(ips.map(at)))]);
    expect(log.summary).toMatchObject({ events: 4, rejected: 0 });
    expect((await findingsCsv(log)).split('\r\n')).toHaveLength(2);
  });

  test('zones are places of their own, and what is no address is never guessed at', async () => {
    const log = await files.open([
      files.write('other', jsonLines(['fe80::1%eth0', 'fe80::1%eth1', '010.0.0.1', '10.0.0.1', '8.0.0.1'].map(at))),
    ]);
    const ips = await log.database.use(undefined, (connection) => connection.rows('select distinct ip from event'));
    expect(ips).toHaveLength(5);
  });
});
