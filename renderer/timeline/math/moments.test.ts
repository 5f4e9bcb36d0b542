import { expect, it } from 'vitest';
import { Moments } from './moments';

const moments = new Moments([Float64Array.of(50, 10, 30), [30, 20]]);

it('finds the nearest moment within reach', () => {
  expect([9, 14, 15, 16, 44].map((time) => moments.nearest(time, 6))).toEqual([10, 10, 10, 20, 50]);
  expect(moments.nearest(40, 6)).toBeUndefined();
  expect(new Moments([]).nearest(0, 100)).toBeUndefined();
});

it('goes from moment to moment, each once', () => {
  const seen: number[] = [];
  for (let time: number | undefined = -1; time !== undefined;) {
    time = moments.next(time, 1);
    if (time !== undefined) seen.push(time);
  }
  expect(seen).toEqual([10, 20, 30, 50]);
  expect([moments.next(30, -1), moments.next(31, -1), moments.next(10, -1)]).toEqual([20, 30, undefined]);
});
