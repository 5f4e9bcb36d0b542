import { expect, test, vi } from 'vitest';
import { channelPair } from '../shared/channel';
import type { FileHandle, Result } from '../shared/contract';
import { DEFAULT_PARAMETERS } from '../shared/domain';
import type { DetectionSummary, LogSummary, Parameters } from '../shared/domain';
import { DoppelError } from '../shared/errors';
import { connect, serve } from '../shared/rpc';
import type { Client, Emitter, Handlers } from '../shared/rpc';
import { Session } from './session';

/** How long a busy machine may take. */
const PATIENCE_MS = 30_000;

const DAY: FileHandle = { id: 'a', name: 'day.ndjson', bytes: 10 };
const NIGHT: FileHandle = { id: 'b', name: 'night.ndjson', bytes: 10 };

/** An engine of a few lines: remembers what is open, and what it was asked. */
class FakeEngine {
  readonly opened: string[][] = [];
  readonly detected: Parameters[] = [];
  offered: FileHandle[] = [];
  log: LogSummary | null = null;
  detection: DetectionSummary | null = null;
  before: Result<'log.state'>['before'] = null;
  fault: DoppelError | undefined;
  /** Resolved by a test that wants the reading to take its time. */
  reading: Promise<void> = Promise.resolve();

  connect(): { client: Client; emitter: Emitter; kill: () => void } {
    const [page, engine] = channelPair();
    const emitter = serve(engine, this.#handlers());
    return { client: connect(page), emitter, kill: () => engine.close() };
  }

  #handlers(): Handlers {
    const handlers: Partial<Handlers> = {
      'files.offered': () => this.offered,
      'files.sample': () => ({ id: 'sample', name: 'day.ndjson', bytes: 1 }),
      'log.state': () => ({ log: this.log, detection: this.detection, before: this.before }),
      'log.open': async ({ files }, { signal }) => {
        this.opened.push(files);
        await Promise.race([
          this.reading,
          new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped')))),
        ]);
        if (this.fault) throw this.fault;
        this.log = {
          inputs: [],
          records: files.length,
          events: 0,
          rejected: 0,
          orphanCloses: 0,
          duplicates: 0,
          warnings: [],
          coverageGaps: [],
          firstEvent: null,
          lastEvent: null,
        };
        this.detection = null;
        return this.log;
      },
      'detection.run': ({ parameters }) => {
        this.detected.push(parameters);
        const none = { users: 0, segments: 0, findings: 0, overlaps: 0, orphanCloses: 0, cappedUsers: 0, whyNone: [] };
        return (this.detection = { parameters, ...none });
      },
    };
    return handlers as Handlers; // a session calls no other
  }
}

function start(engine: FakeEngine, openFiles = (): Promise<void> => Promise.resolve()) {
  const session = new Session({ openDialog: undefined, openCase: undefined, takesFolders: false, openFiles });
  const attach = () => {
    const connection = engine.connect();
    connection.client.onClose((reason) => session.lose(reason));
    return { ...connection, attached: session.attach(connection.client) };
  };
  return { session, attach };
}

test('what the shell offers at the start is opened and looked through', async () => {
  const engine = new FakeEngine();
  engine.offered = [DAY, NIGHT];
  const { session, attach } = start(engine);
  await attach().attached;
  expect(engine.opened).toEqual([['a', 'b']]);
  expect(session.state).toMatchObject({ log: { records: 2 }, detection: { parameters: DEFAULT_PARAMETERS } });
  expect(session.state.work).toBeUndefined();
});

test('a page that was reloaded takes over what is open and opens nothing', async () => {
  const engine = new FakeEngine();
  await start(engine).session.openSample(); // without an engine: a problem, no exception
  const first = start(engine);
  await first.attach().attached;
  await first.session.openSample();
  engine.offered = [NIGHT];
  const second = start(engine);
  await second.attach().attached;
  expect(second.session.state.log?.records).toBe(1);
  expect(engine.opened).toEqual([['sample']]);
});

test('files handed over together become one log', async () => {
  const engine = new FakeEngine();
  const { session, attach } = start(engine);
  const { attached, emitter } = attach();
  await attached;
  await session.openFiles([new File(['x'], 'day.ndjson'), new File(['y'], 'night.ndjson')]);
  emitter.emit('files.offered', [DAY]);
  emitter.emit('files.offered', [NIGHT]);
  await vi.waitFor(() => expect(session.state.detection).toBeDefined(), PATIENCE_MS);
  expect(engine.opened).toEqual([['a', 'b']]);
});

test('a log that cannot be opened leaves the one that is open, and says why', async () => {
  const engine = new FakeEngine();
  const { session, attach } = start(engine);
  await attach().attached;
  await session.open([DAY]);
  engine.fault = new DoppelError('no-zpa-records', 'notes.txt holds no ZPA records.');
  await session.open([NIGHT]);
  expect(session.state.log?.records).toBe(1);
  expect(session.state.problem).toEqual({
    title: 'There are no ZPA records in it.',
    message: 'notes.txt holds no ZPA records.',
  });
});

test('cancelling is no failure, and new work waits for the old to end', async () => {
  const engine = new FakeEngine();
  engine.reading = new Promise(() => undefined);
  const { session, attach } = start(engine);
  await attach().attached;
  const first = session.open([DAY]);
  await vi.waitFor(() => expect(engine.opened).toHaveLength(1), PATIENCE_MS);
  session.cancel();
  expect(session.state.work?.cancelling).toBe(true);
  await first;
  expect(session.state).toMatchObject({ log: undefined, problem: undefined, work: undefined });
  const second = session.open([DAY]);
  await vi.waitFor(() => expect(engine.opened).toHaveLength(2), PATIENCE_MS);
  engine.reading = Promise.resolve();
  await session.open([NIGHT]);
  await second;
  expect(engine.opened).toEqual([['a'], ['a'], ['b']]);
});

test('after a crash the files are offered, not opened: they may be what the engine died of', async () => {
  const engine = new FakeEngine();
  const { session, attach } = start(engine);
  const { attached, kill } = attach();
  await attached;
  await session.open([DAY]);
  kill();
  expect(session.state.lost).toBe('the channel was closed');
  engine.log = engine.detection = null;
  const parameters = { ...DEFAULT_PARAMETERS, minOverlapMs: 60_000, fromMs: 1 };
  engine.before = { files: [{ ...DAY, id: 'a2' }], choices: {}, parameters };
  engine.offered = [{ ...DAY, id: 'a2' }, NIGHT];
  await attach().attached;
  expect(session.state).toMatchObject({ lost: undefined, log: undefined, reopen: ['day.ndjson'] });
  // also in a page that was reloaded and knows nothing of it
  const reloaded = start(engine);
  await reloaded.attach().attached;
  expect(reloaded.session.state).toMatchObject({ log: undefined, reopen: ['day.ndjson'] });
  expect(engine.opened).toHaveLength(1);
  await reloaded.session.openAgain();
  expect(engine.opened[1]).toEqual(['a2']);
  expect(engine.detected.at(-1)).toEqual(parameters);
  expect(reloaded.session.state).toMatchObject({ log: { records: 1 }, reopen: undefined });
});

test('another log keeps how the analyst works, not the bounds of the earlier log', async () => {
  const engine = new FakeEngine();
  const { session, attach } = start(engine);
  await attach().attached;
  await session.open([DAY]);
  await session.detect({ ...DEFAULT_PARAMETERS, minOverlapMs: 60_000, fromMs: 1, toMs: 2 });
  await session.open([NIGHT]);
  expect(engine.detected.at(-1)).toEqual({ ...DEFAULT_PARAMETERS, minOverlapMs: 60_000 });
});
