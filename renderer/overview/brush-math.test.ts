import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binAt, coversAll, dragged, moved, shareAt, stepOf, timeAt, withEdge } from './brush-math';

const DAY = { from: Date.parse('2026-03-02T00:00:00Z'), to: Date.parse('2026-03-03T00:00:00Z') };
const time = fc.integer({ min: DAY.from - 1e7, max: DAY.to + 1e7 });
const inside = fc
  .tuple(fc.integer({ min: DAY.from, max: DAY.to }), fc.integer({ min: DAY.from, max: DAY.to }))
  .filter(([a, b]) => Math.abs(a - b) > stepOf(DAY))
  .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));

test('places and times translate both ways', () => {
  expect(timeAt(250, 1000, DAY)).toBe(Date.parse('2026-03-02T06:00:00Z'));
  expect(shareAt(Date.parse('2026-03-02T18:00:00Z'), DAY)).toBe(0.75);
  expect(timeAt(-20, 1000, DAY)).toBe(DAY.from);
  expect(timeAt(5000, 1000, DAY)).toBe(DAY.to);
  expect(shareAt(5, { from: 5, to: 5 })).toBe(0);
});

test('a drag in either direction gives a window, a click gives none', () => {
  const six = { from: Date.parse('2026-03-02T06:00:00Z'), to: Date.parse('2026-03-02T12:00:00Z') };
  expect(dragged(250, 500, 1000, DAY)).toEqual(six);
  expect(dragged(500, 250, 1000, DAY)).toEqual(six);
  expect(dragged(500, 502, 1000, DAY)).toBeUndefined();
});

test('moving keeps the length and stays inside', () => {
  fc.assert(
    fc.property(inside, fc.integer({ min: -2e8, max: 2e8 }), (window, by) => {
      const next = moved(window, by, DAY);
      expect(next.to - next.from).toBe(window.to - window.from);
      expect(next.from).toBeGreaterThanOrEqual(DAY.from);
      expect(next.to).toBeLessThanOrEqual(DAY.to);
    }),
  );
});

test('an end never passes the other one or leaves the span', () => {
  fc.assert(
    fc.property(inside, fc.constantFrom('from', 'to'), time, (window, edge, to) => {
      const next = withEdge(window, edge, to, DAY);
      expect(next.from).toBeLessThan(next.to);
      expect(next.from).toBeGreaterThanOrEqual(DAY.from);
      expect(next.to).toBeLessThanOrEqual(DAY.to);
    }),
  );
});

test('the last pixel belongs to the last bin', () => {
  expect([binAt(0, 1000, 200), binAt(999, 1000, 200), binAt(1000, 1000, 200), binAt(-3, 1000, 200)]).toEqual([
    0, 199, 199, 0,
  ]);
});

test('a window as wide as the span hides nothing', () => {
  expect(coversAll(DAY, DAY)).toBe(true);
  expect(coversAll({ ...DAY, from: DAY.from + 1 }, DAY)).toBe(false);
});
