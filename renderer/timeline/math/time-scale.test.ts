import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TimeScale } from './time-scale';

it('lays the window over the width', () => {
  const scale = new TimeScale({ from: 1000, to: 3000 }, 400);
  expect(scale.x(1000)).toBe(0);
  expect(scale.x(3000)).toBe(400);
  expect(scale.x(500)).toBe(-100);
  expect(scale.time(100)).toBe(1500);
  expect(scale.ms(1)).toBe(5);
});

it('comes back to the same time', () => {
  const from = Date.UTC(2026, 2, 2);
  fc.assert(
    fc.property(
      fc.integer({ min: 1000, max: 4e11 }),
      fc.integer({ min: 100, max: 4000 }),
      fc.nat(4000),
      (span, width, x) => {
        const scale = new TimeScale({ from, to: from + span }, width);
        expect(Math.abs(scale.x(scale.time(x)) - x)).toBeLessThan(0.01);
      },
    ),
  );
});
