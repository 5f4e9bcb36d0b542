import { expect, test } from 'vitest';
import { channelPair } from '../../shared/channel';
import { DoppelError } from '../../shared/errors';
import { connect, serve } from '../../shared/rpc';
import type { Handlers } from '../../shared/rpc';
import { fixture } from '../timeline/fixture';
import { timelineOf } from './timeline-of';

/** A client whose engine counts what it is asked, and makes as many lanes as the run has a number. */
function engine() {
  const state = { asked: [] as string[], run: 1, fails: false };
  const [near, far] = channelPair();
  const handlers: Partial<Handlers> = {
    'timeline.get': ({ user }) => {
      state.asked.push(user);
      if (state.fails) throw new DoppelError('out-of-memory', 'Close something.');
      return { ...fixture(), user, to: state.run };
    },
  };
  serve(far, handlers as Handlers); // nothing else is asked for
  return { client: connect(near), state };
}

test('a timeline is read once a run, and never that of an earlier run', async () => {
  const { client, state } = engine();
  const first = await timelineOf(client, 'ann', 1);
  expect(await timelineOf(client, 'ann', 1)).toBe(first);
  expect(state.asked).toEqual(['ann']);
  state.run = 2;
  expect((await timelineOf(client, 'ann', 2)).to).toBe(2);
  expect(state.asked).toEqual(['ann', 'ann']);
});

test('a failure is forgotten, and so are the users that were looked at long ago', async () => {
  const { client, state } = engine();
  state.fails = true;
  await expect(timelineOf(client, 'ann', 1)).rejects.toThrow('Close something.');
  state.fails = false;
  await timelineOf(client, 'ann', 1);
  for (let user = 0; user < 8; user++) await timelineOf(client, `u${user}`, 1);
  await timelineOf(client, 'u7', 1);
  await timelineOf(client, 'ann', 1);
  expect(state.asked.filter((user) => user === 'ann')).toHaveLength(3);
  expect(state.asked.filter((user) => user === 'u7')).toHaveLength(1);
});
