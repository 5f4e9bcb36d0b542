/** Choosing the case: the pages of one shell and of two, over real folders. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CaseKeeper } from '../../engine/case/keeper';
import { temporaryFolder } from './crash';

let root: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  root = await temporaryFolder();
});
afterAll(() => root.remove());

const closing = { status: 'closed', verdict: 'true positive' } as const;

test('a case is made and opened in place of the default one; both are known, and the last one is the next to begin with', async () => {
  const data = join(root.path, 'data');
  const keeper = new CaseKeeper({ data });
  expect(await keeper.state()).toMatchObject({
    name: 'Default',
    folder: join(data, 'cases', 'Default'),
    readOnly: null,
  });
  (await keeper.opened()).make(['a'], closing);
  expect(await keeper.make('night shift')).toMatchObject({ name: 'night shift', decisions: 0 });
  await expect(keeper.make('night shift')).rejects.toMatchObject({ code: 'bad-params' });
  expect((await keeper.list()).map(({ name, open }) => [name, open])).toEqual([
    ['night shift', true],
    ['Default', false],
  ]);
  expect(existsSync(join(data, 'cases', 'Default', 'lock'))).toBe(false);
  const first = (await keeper.list()).find(({ name }) => name === 'Default');
  expect(await keeper.openKnown(first?.id ?? '')).toMatchObject({ name: 'Default', decisions: 1 });
  await expect(keeper.openKnown('0123')).rejects.toMatchObject({ code: 'file-missing' });
  await keeper.close();
  const next = new CaseKeeper({ data });
  expect(await next.state()).toMatchObject({ name: 'Default' });
  await next.close();
});

test('a case that cannot be opened leaves the one that is open', async () => {
  const data = join(root.path, 'stays');
  const keeper = new CaseKeeper({ data });
  await keeper.state();
  await expect(keeper.change(() => join(root.path, 'no', 'such', 'folder'))).rejects.toMatchObject({
    code: 'file-missing',
  });
  (await keeper.opened()).make(['a'], closing);
  expect(await keeper.state()).toMatchObject({ name: 'Default', decisions: 1 });
  await keeper.close();
});

test('in use elsewhere: it is read, with what is decided there meanwhile; another one can be opened; once it is free it is written', async () => {
  const data = join(root.path, 'shared');
  const [first, second] = [new CaseKeeper({ data }), new CaseKeeper({ data })];
  await first.state();
  (await first.opened()).make(['a'], closing);
  expect(await second.state()).toMatchObject({ decisions: 1, heldBy: { pid: process.pid } });
  const reading = await second.opened();
  expect(() => reading.make(['b'], closing)).toThrow(expect.objectContaining({ code: 'case-in-use' }));
  (await first.opened()).make(['c'], closing);
  expect(await second.state()).toMatchObject({
    decisions: 2,
    readOnly: expect.stringContaining('Case in use by process'),
  });
  expect(await second.make('mine')).toMatchObject({ readOnly: null, heldBy: null });
  const shared = (await second.list()).find(({ name }) => name === 'Default');
  expect(await second.openKnown(shared?.id ?? '')).toMatchObject({ heldBy: { pid: process.pid } });
  await first.close();
  expect(await second.state()).toMatchObject({ decisions: 2, heldBy: null, readOnly: null });
  (await second.opened()).make(['d'], closing);
  expect(await second.state()).toMatchObject({ decisions: 3 });
  await second.close();
});

test('a process that is started again goes on with the case that was open, not with the one that was named', async () => {
  const data = join(root.path, 'again');
  const session = join(root.path, 'session');
  const keeper = new CaseKeeper({ data, session, folder: join(root.path, 'named') });
  expect(await keeper.state()).toMatchObject({ name: 'named' });
  await keeper.make('other');
  await keeper.close();
  const again = new CaseKeeper({ data, session, folder: join(root.path, 'named') });
  expect(await again.state()).toMatchObject({ name: 'other' });
  await again.close();
});
