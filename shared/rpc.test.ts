/** What no transport can show: the edges of one side. What both sides do together is test/contract. */
import { expect, test, vi } from 'vitest';
import { createFakeEngine } from '../test/contract/fake-engine';
import { channelPair } from './channel';
import type { Channel } from './channel';
import type { Result } from './contract';
import { connect, serve } from './rpc';
import type { Client, Handlers } from './rpc';

function start(
  over: Partial<Handlers> = {},
  options = { check: true },
): { client: Client; page: Channel; raw: unknown[] } {
  const [page, engine] = channelPair();
  const raw: unknown[] = [];
  page.onMessage((message) => raw.push(message));
  serve(engine, { ...createFakeEngine().handlers, ...over });
  return { client: connect(page, options), page, raw };
}

test('an engine that answers what the contract does not say is caught where answers are checked', async () => {
  const wrong = { version: 1 } as unknown as Result<'app.info'>; // the point of the test
  await expect(start({ 'app.info': () => wrong }).client.call('app.info', {})).rejects.toMatchObject({
    code: 'bad-result',
  });
  expect(await start({ 'app.info': () => wrong }, { check: false }).client.call('app.info', {})).toEqual({
    version: 1,
  });
});

test('an answer that no wire can carry is an error, not a silence', async () => {
  const wrong = { version: () => 1 } as unknown as Result<'app.info'>; // the point of the test
  await expect(start({ 'app.info': () => wrong }).client.call('app.info', {})).rejects.toMatchObject({
    code: 'internal',
  });
});

test('a call whose signal is already aborted is not made', async () => {
  const { client, raw } = start();
  await expect(client.call('app.info', {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'cancelled',
  });
  await client.call('app.info', {});
  expect(raw).toHaveLength(1);
});

test('a handler that finishes although it was cancelled is cancelled all the same, and says no more', async () => {
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const { client } = start({
    'log.state': () => ({ log: null, detection: null, before: null }),
    'app.info': async () => {
      await finished;
      return { version: '1', engine: '', pid: 1, user: 'ann' };
    },
  });
  const controller = new AbortController();
  const call = client.call('app.info', {}, { signal: controller.signal });
  controller.abort();
  await client.call('log.state', {});
  finish();
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
});

test('cancelling after the end does nothing', async () => {
  const { client, raw } = start();
  const controller = new AbortController();
  await client.call('app.info', {}, { signal: controller.signal });
  controller.abort();
  await client.call('app.info', {});
  expect(raw.map((message) => (message as { kind: string }).kind)).toEqual(['result', 'result']);
});

test('what is no message of ours is passed over, on both sides', async () => {
  const [page, engine] = channelPair();
  const client = connect(page, { check: true });
  serve(engine, createFakeEngine().handlers);
  const junk = [
    null,
    1,
    'x',
    [],
    {},
    { kind: 'call' },
    { kind: 'result', id: 'x' },
    { kind: 'result', id: 99, result: 1 },
  ];
  for (const message of [
    ...junk,
    { kind: 'event', name: 'toString', data: 1 },
    { kind: 'progress', id: 99, progress: 1 },
  ]) {
    page.post(message);
    engine.post(message);
  }
  expect((await client.call('app.info', {})).version).toBe('1.2.3');
});

test('an error code from a newer engine becomes internal, its message stays', async () => {
  const [page, engine] = channelPair();
  engine.onMessage(() => engine.post({ kind: 'error', id: 1, code: 'not-yet-invented', message: 'Words.' }));
  await expect(connect(page).call('app.info', {})).rejects.toMatchObject({ code: 'internal', message: 'Words.' });
});

test('who listens for the end hears why, once', () => {
  const { client } = start();
  const heard: string[] = [];
  client.onClose((reason) => heard.push(reason));
  client.close();
  client.close();
  expect(heard).toEqual(['the channel was closed']);
});

test('a cancelled call that does not end is told of, one that ends is not', async () => {
  vi.useFakeTimers();
  try {
    for (const [ends, times] of [
      [true, 0],
      [false, 1],
    ] as const) {
      const [here, there] = channelPair();
      const hung = vi.fn<() => void>();
      const handler = (_: unknown, { signal }: { signal: AbortSignal }): Promise<never> =>
        new Promise((_resolve, reject) => {
          if (ends) signal.addEventListener('abort', () => reject(new Error('stopped')));
        });
      serve(there, { 'log.open': handler } as unknown as Handlers, hung);
      const stop = new AbortController();
      const call = connect(here).call('log.open', { files: ['a'] }, { signal: stop.signal });
      call.catch(() => undefined);
      await vi.advanceTimersByTimeAsync(10);
      stop.abort();
      await vi.advanceTimersByTimeAsync(10_000);
      expect(hung).toHaveBeenCalledTimes(times);
    }
  } finally {
    vi.useRealTimers();
  }
});
