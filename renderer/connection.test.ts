import { expect, test } from 'vitest';
import { channelPair } from '../shared/channel';
import type { Channel } from '../shared/channel';
import { keepConnected } from './connection';

test('a lost engine is told and tried again, each time a little later, until it is back', async () => {
  const stop = new AbortController();
  const told: string[] = [];
  const pauses: number[] = [];
  let engineEnd: Channel | undefined;
  let tries = 0;
  await keepConnected(
    {
      open: () => {
        tries++;
        if (tries === 2 || tries === 3) return Promise.reject(new Error('nobody answers'));
        const [page, engine] = channelPair();
        engineEnd = engine;
        return Promise.resolve(page);
      },
      onClient: () => {
        told.push('client');
        engineEnd?.close();
      },
      onLost: (reason) => told.push(reason),
      pause: (ms) => {
        pauses.push(ms);
        if (tries === 4) stop.abort();
        return Promise.resolve();
      },
    },
    stop.signal,
  );
  expect(told).toEqual([
    'client',
    'the channel was closed',
    'nobody answers',
    'nobody answers',
    'client',
    'the channel was closed',
  ]);
  expect(pauses).toEqual([250, 500, 1000, 250]);
});
