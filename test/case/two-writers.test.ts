import { fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Case } from '../../engine/case/case';
import { buildChild, temporaryFolder } from './crash';
import { changeOf, findingsOf, lost, takeStock } from './decisions';

let root: Awaited<ReturnType<typeof temporaryFolder>>;
let child: string;
beforeAll(async () => {
  root = await temporaryFolder();
  child = await buildChild(join(root.path, 'built'));
});
afterAll(() => root.remove());

async function fresh(name: string): Promise<{ folder: string; store: Case }> {
  const folder = join(root.path, name);
  const store = await Case.open(folder, { author: 'ann' });
  store.make(findingsOf(1), changeOf(1));
  return { folder, store };
}

test('the same case is not opened twice by one process, and is again after it was closed', async () => {
  const { folder, store } = await fresh('one process');
  await expect(Case.open(folder, { author: 'bea' })).rejects.toMatchObject({
    code: 'case-in-use',
    message: expect.stringContaining(`process ${process.pid}`) as string,
  });
  await store.close();
  expect(existsSync(join(folder, 'lock'))).toBe(false);
  const again = await Case.open(folder, { author: 'bea' });
  expect(takeStock(again)).toMatchObject({ last: 1, wrong: [] });
  await again.close();
});

test('another process is refused while one holds the case, and takes over from one that was killed', async () => {
  const folder = join(root.path, 'two processes');
  const holder = fork(child, [folder, '1', '1000000'], { execArgv: [], stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  let said = '';
  holder.stdout?.on('data', (data: Buffer) => (said += data.toString()));
  await expect.poll(() => said, { timeout: 10_000 }).toContain('ack 5\n');
  holder.kill('SIGSTOP'); // it holds the case, and answers to nobody
  await expect(Case.open(folder, { author: 'bea' })).rejects.toMatchObject({
    code: 'case-in-use',
    message: expect.stringContaining(`process ${holder.pid}`) as string,
  });
  holder.kill('SIGKILL');
  await once(holder, 'close');
  const store = await Case.open(folder, { author: 'bea' });
  const acked = [...said.matchAll(/^ack (\d+)$/gm)].map(([, n]) => Number(n));
  expect(lost(acked, takeStock(store).held)).toEqual([]);
  store.make(['finding x'], { assignee: 'bea' });
  await store.close();
});

test('of many that open a case at once whose holder died, exactly one gets it', async () => {
  const { folder, store } = await fresh('race');
  const lock = readFileSync(join(folder, 'lock'), 'utf8');
  await store.close();
  writeFileSync(join(folder, 'lock'), lock);
  const all = await Promise.allSettled(Array.from({ length: 8 }, () => Case.open(folder, { author: 'bea' })));
  const opened = all.filter((one) => one.status === 'fulfilled');
  expect(opened).toHaveLength(1);
  const refused = all.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  expect(refused).toEqual(Array.from({ length: 7 }, () => expect.objectContaining({ code: 'case-in-use' }) as unknown));
  await opened[0]?.value.close();
});

test('a holder whose lock was taken away, or whose journal was changed, writes no more', async () => {
  const first = await fresh('lock gone');
  renameSync(join(first.folder, 'lock'), join(first.folder, 'gone'));
  expect(() => first.store.make(findingsOf(2), changeOf(2))).toThrow(expect.objectContaining({ code: 'case-in-use' }));
  await first.store.close();

  const second = await fresh('journal changed');
  const journal = join(second.folder, 'case.jsonl');
  appendFileSync(journal, 'a line of another program\n');
  const before = readFileSync(journal);
  expect(() => second.store.make(findingsOf(2), changeOf(2))).toThrow(
    expect.objectContaining({ code: 'case-damaged' }),
  );
  expect(readFileSync(journal).equals(before)).toBe(true);
  await second.store.close();
});

test('an empty lock, left by a power cut, is taken over', async () => {
  const { folder, store } = await fresh('empty lock');
  await store.close();
  writeFileSync(join(folder, 'lock'), '');
  const again = await Case.open(folder, { author: 'bea' });
  expect(again.info().readOnly).toBeNull();
  await again.close();
  expect(readdirSync(folder).filter((name) => name.startsWith('lock'))).toEqual([]);
});
