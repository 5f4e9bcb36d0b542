import { expect, test } from 'vitest';
import { RestartPlan } from './restart';

test('pauses grow, and the fifth crash in a row is the last', () => {
  const plan = new RestartPlan();
  expect([1, 1, 1, 1, 1].map((livedMs) => plan.crashed(livedMs))).toEqual([0, 250, 1000, 3000, undefined]);
});

test('after a long life a crash is the first again', () => {
  const plan = new RestartPlan();
  expect([1, 1, 60_000, 1].map((livedMs) => plan.crashed(livedMs))).toEqual([0, 250, 0, 250]);
});
