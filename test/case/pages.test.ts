/** Pages on one case, as far as a page without a screen goes: CaseStore, and the case behind it. */
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { serveCase } from '../../engine/case/handlers';
import { osUser } from '../../engine/case/os-user';
import { Decisions } from '../../engine/decisions/decisions';
import { CaseStore } from '../../renderer/case/case-store';
import { channelPair } from '../../shared/channel';
import type { Channel } from '../../shared/channel';
import type { Params } from '../../shared/contract';
import { encodeFrame } from '../../shared/frame';
import { connect, serve } from '../../shared/rpc';
import type { Handlers } from '../../shared/rpc';
import { temporaryFolder } from './crash';

/** How long a busy machine may take. */
const PATIENCE_MS = 30_000;
const until = (condition: () => boolean): Promise<boolean> => vi.waitUntil(condition, PATIENCE_MS);

let root: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  root = await temporaryFolder();
});
afterAll(() => root.remove());

/** A case process of one case; `lose` cuts every page off, as its death does. */
function keeperOf(name: string) {
  const folder = join(root.path, name);
  const keeper = serveCase({ folder, data: join(root.path, `data of ${name}`) });
  const channels: Channel[] = [];
  return {
    folder,
    page: async (): Promise<CaseStore> => {
      const store = new CaseStore();
      void store.keepConnected(() => {
        const [page, far] = channelPair();
        channels.push(far);
        keeper.attach(far);
        return Promise.resolve(page);
      });
      await until(() => store.state.info !== undefined);
      return store;
    },
    lose: () => {
      for (const channel of channels.splice(0)) channel.close();
    },
    close: () => keeper.close(),
  };
}

/** An engine that only knows decisions, and remembers how large the messages were that told it of them. */
function engineOfDecisions() {
  const decisions = new Decisions();
  const frames: number[] = [];
  const told: Params<'decisions.mirror'>[] = [];
  const handlers: Partial<Handlers> = {
    'decisions.mirror': (params) => {
      frames.push(Buffer.byteLength(encodeFrame(params)));
      told.push(params);
      decisions.take(params);
      return null;
    },
    'findings.subjects': ({ ids }) =>
      Object.fromEntries(ids.map((id) => [id, { user: id, DstUserName: id, ips: ['9.9.9.9'], distinctIps: 2 }])),
  };
  const [page, engine] = channelPair();
  serve(engine, handlers as Handlers); // a page's case asks for nothing else
  return { decisions, frames, told, client: connect(page) };
}

test('what one page decides or half-types the other shows', async () => {
  const keeper = keeperOf('two pages');
  const [one, two] = [await keeper.page(), await keeper.page()];
  await one.decide(['a', 'b'], { verdict: 'undetermined', addTags: ['vpn'] });
  await until(() => two.state.decisions.size === 2);
  expect(two.state.decisions).toEqual(one.state.decisions);
  await two.decide(['b'], { note: { text: 'called her' } });
  await until(() => one.state.decisions.get('b')?.notes.length === 1);
  await one.undo();
  await until(() => two.state.decisions.get('a')?.verdict === null);
  expect(two.state.decisions.get('b')).toMatchObject({ tags: [], notes: [{ text: 'called her' }] });
  two.draft('a', 'half-ty');
  await until(() => one.state.drafts.get('a') === 'half-ty');
  await keeper.close();
});

test('a draft outlives the page; the newest text counts, and one that was saved is gone', async () => {
  const keeper = keeperOf('drafts');
  const one = await keeper.page();
  for (const text of ['h', 'ha', 'half']) one.draft('a', text);
  one.draft('b', 'another');
  one.flushDrafts();
  await vi.waitFor(async () => {
    const next = await keeper.page(); // as after a crash of the page
    expect(Object.fromEntries(next.state.drafts)).toEqual({ a: 'half', b: 'another' });
  }, PATIENCE_MS);
  one.draft('a', '');
  await vi.waitFor(async () => {
    expect(Object.fromEntries((await keeper.page()).state.drafts)).toEqual({ b: 'another' });
  }, PATIENCE_MS);
  await keeper.close();
});

test('what is typed while the case is away is kept once it is back', async () => {
  const keeper = keeperOf('away');
  const one = await keeper.page();
  const before = one.state.info;
  keeper.lose();
  one.draft('a', 'typed meanwhile');
  one.flushDrafts();
  await until(() => one.state.info !== before);
  expect(one.state.drafts.get('a')).toBe('typed meanwhile');
  await vi.waitFor(async () => {
    expect((await keeper.page()).state.drafts.get('a')).toBe('typed meanwhile');
  }, PATIENCE_MS);
  await keeper.close();
});

test('what was typed about one case never gets into another', async () => {
  const keeper = keeperOf('switched');
  const one = await keeper.page();
  await one.makeCase('first');
  const first = one.state.info?.id;
  one.draft('a', 'about the first');
  await one.makeCase('second');
  expect(one.state.drafts.size).toBe(0);
  one.draft('a', 'about the second');
  one.flushDrafts();
  await vi.waitFor(async () => {
    const next = await keeper.page();
    expect(Object.fromEntries(next.state.drafts)).toEqual({ a: 'about the second' });
  }, PATIENCE_MS);
  const { id } = (await one.cases()).find(({ name }) => name === 'first')!;
  await one.openCase(id);
  expect(one.state.info?.id).toBe(first);
  expect(one.state.drafts.get('a')).toBe('about the first');
  await vi.waitFor(async () => {
    expect((await keeper.page()).state.drafts.get('a')).toBe('about the first');
  }, PATIENCE_MS);
  await keeper.close();
});

test('who decides is the user of the operating system, or whoever was chosen; both are in the log', async () => {
  const keeper = keeperOf('authors');
  const page = await keeper.page();
  expect(page.state.info?.author).toBe(osUser());
  await page.decide(['a'], { status: 'in progress' });
  page.chooseAuthor('Zoë (night shift)');
  await page.decide(['a'], { verdict: 'undetermined' });
  await page.undo();
  const { rows } = await page.activity('a', 0, 10);
  expect(rows.map(({ author }) => author)).toEqual(['Zoë (night shift)', 'Zoë (night shift)', osUser()]);
  await keeper.close();
});

test('closing without a verdict says what to do, and loses nothing; a verdict and then closing, at once, work', async () => {
  const keeper = keeperOf('closing');
  const page = await keeper.page();
  expect(await page.decide(['a'], { status: 'closed' })).toBe(false);
  expect(page.state.problem).toBe('Not closed: there is no verdict yet. Choose one first (keys 1 to 5).');
  expect(page.state.decisions.size).toBe(0);
  // two keys, the second before the first is on disk
  await Promise.all([page.decide(['a'], { verdict: 'undetermined' }), page.decide(['a'], { status: 'closed' })]);
  expect(page.state).toMatchObject({ problem: undefined, undoes: 'status closed' });
  expect(page.state.decisions.get('a')).toMatchObject({ status: 'closed', verdict: 'undetermined' });
  await keeper.close();
});

test('a decision does not wait for an engine that never answers', async () => {
  const keeper = keeperOf('deaf engine');
  const page = await keeper.page();
  const [near, far] = channelPair();
  far.onMessage(() => undefined);
  page.mirrorTo(connect(near));
  expect(await page.decide(['a'], { status: 'in progress' })).toBe(true);
  expect((await keeper.page()).state.decisions.get('a')).toMatchObject({ status: 'in progress' });
  await keeper.close();
});

test('an undo that fails says so and loses nothing', async () => {
  const keeper = keeperOf('undo');
  const [one, two] = [await keeper.page(), await keeper.page()];
  await one.decide(['a'], { assignee: 'bea' });
  await one.decide(['a'], { status: 'in progress' });
  await two.decide(['a'], { status: 'new' });
  await until(() => one.state.decisions.get('a')?.status === 'new');
  await one.undo(); // what it would take back has been replaced
  expect(one.state.problem).toBe(
    'Not undone: status in progress. There is nothing to undo: later decisions have replaced it.',
  );
  expect(one.state.undoes).toBe('assignee bea');

  const before = one.state.decisions;
  renameSync(join(keeper.folder, 'lock'), join(keeper.folder, 'gone')); // another program has taken the case
  await one.undo();
  expect(one.state.problem).toMatch(/^Not undone: assignee bea\. .*another program has taken this case over/);
  expect(one.state).toMatchObject({ undoes: 'assignee bea', decisions: before });
  expect(await two.activity('a', 0, 10)).toMatchObject({ total: 3 });
  await keeper.close();
});

test('an undo whose case is lost can be made again once it is back', async () => {
  const keeper = keeperOf('lost');
  const page = await keeper.page();
  await page.decide(['a'], { assignee: 'bea' });
  const before = page.state.info;
  keeper.lose();
  await page.undo();
  expect(page.state).toMatchObject({ undoes: 'assignee bea', problem: expect.stringMatching(/^Not undone/) as string });
  await until(() => page.state.info !== before);
  expect(page.state.problem).toMatch(/^Not undone/); // it still says so
  await page.undo();
  expect(page.state.decisions.get('a')?.assignee).toBeNull();
  expect(page.state).toMatchObject({ undoes: undefined, problem: undefined });
  await keeper.close();
});

test('the engine is told everything in messages of bounded size, the newest state last, and who findings are about', async () => {
  const keeper = keeperOf('mirror');
  const page = await keeper.page();
  const engine = engineOfDecisions();
  page.mirrorTo(engine.client);
  const many = Array.from({ length: 2500 }, (_, n) => `finding ${n}`);
  await page.decide(many, { addTags: ['bulk'] });
  // a text that JSON writes in six bytes a character
  for (let n = 0; n < 60; n++) await page.decide(['finding 7'], { note: { text: `${n}${'\u0001'.repeat(19_000)}` } });
  await page.mirrored();
  const again = engineOfDecisions();
  page.mirrorTo(again.client); // after a crash of the engine
  const last = page.decide(['finding 7'], { status: 'in progress' });
  await last;
  await page.mirrored();
  for (const id of many) expect(again.decisions.of(id)).toEqual(page.state.decisions.get(id));
  expect(again.decisions.of('finding 7')).toMatchObject({ status: 'in progress', subject: { user: 'finding 7' } });
  expect(again.decisions.of('finding 7')?.notes).toHaveLength(60);
  const frames = [...engine.frames, ...again.frames];
  expect(Math.max(...frames)).toBeLessThan(4 * 2 ** 20); // the longest frame that the web shell takes
  expect(again.told.filter(({ continues }) => continues).length).toBeGreaterThan(1);
  await keeper.close();
});
