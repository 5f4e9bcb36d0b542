import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Throttle } from './throttle';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('emits the first at once and the newest after the pause', () => {
  const emitted: number[] = [];
  const throttle = new Throttle<number>(50, (value) => emitted.push(value));
  throttle.call(1);
  throttle.call(2);
  throttle.call(3);
  expect(emitted).toEqual([1]);
  expect(throttle.pending).toBe(true);
  vi.advanceTimersByTime(50);
  expect(emitted).toEqual([1, 3]);
  expect(throttle.pending).toBe(false);
  vi.advanceTimersByTime(1000);
  throttle.call(4);
  expect(emitted).toEqual([1, 3, 4]);
});

it('emits nothing after stop', () => {
  const emitted: number[] = [];
  const throttle = new Throttle<number>(50, (value) => emitted.push(value));
  throttle.call(1);
  throttle.call(2);
  throttle.stop();
  vi.advanceTimersByTime(1000);
  expect(emitted).toEqual([1]);
});
