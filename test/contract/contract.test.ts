/** One script over every transport: whatever carries the messages, a caller must not be able to tell. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { EngineProcess } from '../../cli/serve/engine-process';
import { startWebShell } from '../../cli/serve/web-shell';
import { channelPair, nodePortChannel } from '../../shared/channel';
import type { Channel } from '../../shared/channel';
import type { Method, Params } from '../../shared/contract';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import { connect, serve } from '../../shared/rpc';
import type { Client, Emitter } from '../../shared/rpc';
import { buildFakeEngine } from './build-fake-engine';
import { createFakeEngine } from './fake-engine';
import { openWebSocket, webSocketChannel } from './web-socket-channel';

/** How long a busy machine may take. */
const PATIENCE_MS = 30_000;

interface Transport {
  open(): Promise<Channel>;
  /** The shell grants a file. */
  offer(name: string): void;
  close(): Promise<void>;
}

let folder: string;
let engineFile: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'contract-test-'));
  engineFile = await buildFakeEngine(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

const startEngine = (): EngineProcess =>
  new EngineProcess({
    file: engineFile,
    args: [],
    onCrash: (reason) => {
      throw new Error(`the engine crashed: ${reason}`);
    },
  });

/** Both ends in this process. */
function inProcess(pair: () => [Channel, Channel]): Transport {
  const engine = createFakeEngine();
  const pages: Emitter[] = [];
  return {
    open: () => {
      const [page, far] = pair();
      pages.push(serve(far, engine.handlers));
      return Promise.resolve(page);
    },
    offer: (name) => {
      for (const page of pages) page.emit('files.offered', [{ id: name, name, bytes: 1 }]);
    },
    close: () => Promise.resolve(),
  };
}

function portPair(): [Channel, Channel] {
  const { port1, port2 } = new MessageChannel();
  return [nodePortChannel(port1), nodePortChannel(port2)];
}

function forked(): Transport {
  const engine = startEngine();
  return {
    open: () => Promise.resolve(engine.open()!),
    offer: (name) => engine.offer([{ path: engineFile, name }]),
    close: () => engine.stop(),
  };
}

async function webSocket(): Promise<Transport> {
  const engine = startEngine();
  const shell = await startWebShell({
    renderer: folder,
    folder,
    port: 0,
    open: () => engine.open(),
    offer: (files) => engine.offer(files),
  });
  return {
    open: async () => webSocketChannel(await openWebSocket(shell.url)),
    offer: (name) => engine.offer([{ path: engineFile, name }]),
    close: async () => {
      await shell.close();
      await engine.stop();
    },
  };
}

describe.each<[string, () => Transport | Promise<Transport>]>([
  ['in-memory pair', () => inProcess(channelPair)],
  ['MessagePort', () => inProcess(portPair)],
  ['forked process', forked],
  ['WebSocket', webSocket],
])('over %s', (_name, start) => {
  let transport: Transport;
  let client: Client;
  beforeAll(async () => {
    transport = await start();
    client = connect(await transport.open(), { check: true });
  });
  afterAll(async () => {
    client.close();
    await transport.close();
  });

  test('a call is answered', async () => {
    expect(await client.call('app.info', {})).toMatchObject({ version: '1.2.3' });
  });

  test('calls in flight at once get their own answers', async () => {
    const users = Array.from({ length: 50 }, (_, index) => `user ${index}`);
    const answers = await Promise.all(users.map((user) => client.call('timeline.get', { user })));
    expect(answers.map(({ user }) => user)).toEqual(users);
  });

  test('typed arrays arrive as what they were', async () => {
    const { segments, overlaps } = await client.call('timeline.get', { user: 'é\u202e\0"' });
    expect(segments).toEqual({
      lane: Uint32Array.of(1, 2 ** 32 - 1),
      start: Float64Array.of(1.5, -0, Number.MAX_SAFE_INTEGER),
      end: new Float64Array(0),
      lastSeen: new Float64Array(0),
      starting: new Uint8Array(0),
      ending: Uint8Array.of(0, 255, 1),
      records: Uint32Array.of(8),
    });
    expect(overlaps.start).toBeInstanceOf(Float64Array);
  });

  test('text arrives as it was', async () => {
    const user = 'é\u202e\0"\ud83d\ude00 __proto__';
    expect((await client.call('timeline.get', { user })).user).toBe(user);
  });

  test('a rule is exported with the parameters that were given, its text as it was', async () => {
    const { name, text } = await client.call('rule.export', { format: 'kql', parameters: DEFAULT_PARAMETERS });
    expect(name).toBe('rule.kql');
    const [first = '', ...lines] = text.split('\n');
    expect(JSON.parse(first)).toEqual(DEFAULT_PARAMETERS);
    expect(lines).toHaveLength(1001);
    expect(lines[999]).toBe('| where x\t!= "é"');
  });

  test('progress comes, then cancel ends the call here and aborts it there', async () => {
    const before = await abortedCount(client);
    const controller = new AbortController();
    const seen: unknown[] = [];
    const call = client.call(
      'log.open',
      { files: ['a'] },
      {
        signal: controller.signal,
        onProgress: (progress) => {
          seen.push(progress);
          controller.abort();
        },
      },
    );
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    expect(seen).toEqual([{ step: 'reading', file: 'a.ndjson', bytesDone: 1, bytesTotal: 2, records: 3 }]);
    expect(await abortedCount(client)).toBe(before + 1);
  });

  test('errors keep their code and message', async () => {
    await expect(client.call('findings.page', { offset: 0, limit: 1 })).rejects.toMatchObject({
      code: 'nothing-open',
      message: 'No log is open. Open one first.',
    });
    await expect(client.call('files.sample', {})).rejects.toMatchObject({
      code: 'internal',
      message: 'a mistake of ours',
    });
  });

  test.each<[Method, unknown]>([
    ['findings.page', { offset: -1, limit: 1 }],
    ['findings.page', { offset: 0, limit: 1001 }],
    ['findings.page', { offset: 0, limit: 1, sort: { by: 'id; drop table event', descending: true } }],
    ['log.open', { files: [] }],
    ['rule.export', { format: 'pdf', parameters: DEFAULT_PARAMETERS }],
    ['rule.export', { format: 'kql', parameters: { ...DEFAULT_PARAMETERS, minOverlapMs: -1 } }],
    ['app.info', { unheardOf: 1 }],
    ['app.info', null],
  ])('%s refuses %j', async (method, params) => {
    await expect(client.call(method, params as Params<Method>)).rejects.toMatchObject({ code: 'bad-params' });
  });

  test.each(['toString', '__proto__', 'app.quit', ''])('there is no method "%s"', async (name) => {
    await expect(client.call(name as 'app.info', {})).rejects.toMatchObject({ code: 'no-method' });
  });

  test('an event reaches every page, until it unsubscribes', async () => {
    const other = connect(await transport.open(), { check: true });
    const seen: string[] = [];
    const stopListening = client.on('files.offered', (files) => seen.push(`one ${files[0]?.name}`));
    other.on('files.offered', (files) => seen.push(`two ${files[0]?.name}`));
    // what a page has been answered it was there to hear
    await Promise.all([client.call('app.info', {}), other.call('app.info', {})]);
    transport.offer('first');
    await vi.waitFor(() => expect(seen.toSorted()).toEqual(['one first', 'two first']), PATIENCE_MS);
    stopListening();
    transport.offer('second');
    await vi.waitFor(() => expect(seen.toSorted()).toEqual(['one first', 'two first', 'two second']), PATIENCE_MS);
    other.close();
  });

  test('closing fails what is pending, and aborts it on the other side', async () => {
    const before = await abortedCount(client);
    const other = connect(await transport.open(), { check: true });
    const call = other.call('log.open', { files: ['a'] }, { onProgress: () => other.close() });
    await expect(call).rejects.toMatchObject({ code: 'disconnected' });
    await expect(other.call('app.info', {})).rejects.toMatchObject({ code: 'disconnected' });
    await vi.waitFor(async () => expect(await abortedCount(client)).toBe(before + 1), PATIENCE_MS);
  });
});

async function abortedCount(client: Client): Promise<number> {
  return Number(/aborted (\d+)/.exec((await client.call('app.info', {})).engine)?.[1]);
}
