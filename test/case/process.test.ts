import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Channel } from '../../shared/channel';
import { mux } from '../../shared/mux';
import type { MuxMessage } from '../../shared/mux';
import { bundle, temporaryFolder } from './crash';

let root: Awaited<ReturnType<typeof temporaryFolder>>;
let file: string;
beforeAll(async () => {
  root = await temporaryFolder();
  file = await bundle(join(import.meta.dirname, '../../engine/case/start.ts'), join(root.path, 'built'), 'case.mjs');
});
afterAll(() => root.remove());

/** The case process of a folder, as a shell starts it, and one page's calls to it. */
function start(folder: string): {
  pid: number | undefined;
  call: (method: string, params: object) => Promise<unknown>;
  end: (signal?: 'SIGKILL') => Promise<unknown>;
} {
  const child = fork(file, [folder], { execArgv: [], serialization: 'advanced' });
  const channel: Channel = mux({
    send: (message) => void child.send(message),
    onMessage: (listener) => void child.on('message', (message) => listener(message as MuxMessage)),
    onClose: (listener) => void child.on('exit', () => listener('ended')),
  }).open();
  let id = 0;
  return {
    pid: child.pid,
    call: (method, params) =>
      new Promise((resolve) => {
        const mine = (id += 1);
        channel.onMessage((answer) => {
          if ((answer as { id: number }).id === mine) resolve(answer);
        });
        channel.post({ kind: 'call', id: mine, method, params });
      }),
    end: async (signal) => {
      const exited = once(child, 'exit');
      if (signal) child.kill(signal);
      else child.disconnect();
      return exited;
    },
  };
}

test('the case process decides, undoes, refuses, remembers a draft, and gives it all back after it was killed', async () => {
  const folder = join(root.path, 'case');
  const first = start(folder);
  const made = (await first.call('decisions.make', {
    findings: ['a', 'b'],
    change: { assignee: ' bea ', addTags: ['vpn'] },
  })) as {
    result: { batch: string };
  };
  expect(made).toMatchObject({
    kind: 'result',
    result: { states: [{ finding: 'a', status: 'new', assignee: 'bea', tags: ['vpn'] }, { finding: 'b' }] },
  });
  expect(await first.call('decisions.make', { findings: ['a'], change: { status: 'closed' } })).toMatchObject({
    kind: 'error',
    code: 'verdict-needed',
  });
  expect(await first.call('decisions.make', { findings: ['a'], change: {} })).toMatchObject({
    kind: 'error',
    code: 'bad-params',
  });
  expect(
    await first.call('decisions.make', { findings: ['a'], change: { status: 'closed', verdict: 'benign positive' } }),
  ).toMatchObject({ kind: 'result' });
  expect(await first.call('decisions.undo', { batch: made.result.batch })).toMatchObject({
    result: {
      states: [
        { finding: 'a', status: 'closed', assignee: null, tags: [] },
        { finding: 'b', assignee: null },
      ],
    },
  });
  expect(await first.call('decisions.undo', { batch: made.result.batch })).toMatchObject({
    kind: 'error',
    code: 'nothing-to-undo',
  });
  expect(await first.call('case.draft', { finding: 'a', text: 'half-typ' })).toMatchObject({
    kind: 'result',
    result: null,
  });
  const second = start(folder);
  // it can be read meanwhile
  expect(await second.call('case.state', {})).toMatchObject({
    result: { decisions: 5, heldBy: { pid: first.pid }, readOnly: expect.stringContaining(`process ${first.pid}`) },
  });
  expect(await second.call('decisions.make', { findings: ['a'], change: { status: 'new' } })).toMatchObject({
    kind: 'error',
    code: 'case-in-use',
  });
  await first.end('SIGKILL');
  // asked again, it is opened for writing
  expect(await second.call('case.state', {})).toMatchObject({
    result: {
      name: 'case',
      decisions: 5,
      findings: 2,
      readOnly: null,
      heldBy: null,
      drafts: [{ finding: 'a', text: 'half-typ' }],
    },
  });
  expect(await second.call('decisions.page', { cursor: 0, limit: 1 })).toMatchObject({
    result: { states: [{ finding: 'a', verdict: 'benign positive' }], next: 1 },
  });
  expect(await second.call('activity.page', { finding: 'b', offset: 0, limit: 10 })).toMatchObject({
    result: {
      total: 2,
      rows: [{ set: { assignee: null, removeTags: ['vpn'] } }, { set: { assignee: 'bea', addTags: ['vpn'] } }],
    },
  });
  expect(await second.end()).toEqual([0, null]);
  expect(existsSync(join(folder, 'lock'))).toBe(false);
  expect(existsSync(join(folder, 'case.snapshot.json'))).toBe(true);
});
