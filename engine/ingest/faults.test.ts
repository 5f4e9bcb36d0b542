import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RejectReason } from '../../shared/domain';
import { allFaults, eachFault, FaultList } from './faults';
import type { Fault, Faults } from './faults';
import { eachNumber, NumberList } from './numbers';

const REASONS: RejectReason[] = ['not-utf8', 'line-too-long', 'bad-quoting'];
const someFaults = fc
  .uniqueArray(fc.record({ line: fc.integer({ min: 1, max: 4_000_000_000 }), reason: fc.constantFrom(...REASONS) }), {
    selector: ({ line }) => line,
  })
  .map((all) => all.toSorted((a, b) => a.line - b.line));
/** Most of them one after another. */
const closeFaults = fc
  .array(fc.record({ line: fc.integer({ min: 1, max: 3 }), reason: fc.constantFrom(...REASONS) }))
  .map((steps) => {
    let line = 0;
    return steps.map(({ line: step, reason }) => ({ line: (line += step), reason }));
  });

function listOf(all: readonly Fault[]): Faults {
  const list = new FaultList();
  for (const { line, reason } of all) list.add(line, reason);
  return list.finish();
}

test('what was added comes back, line by line', () => {
  fc.assert(
    fc.property(fc.oneof(someFaults, closeFaults), (all) => {
      const faults = listOf(all);
      expect([...eachFault(faults)]).toEqual(all);
      expect(faults.count).toBe(all.length);
      expect(faults.lastLine).toBe(all.at(-1)?.line ?? 0);
      expect(new Set(faults.reasons)).toEqual(new Set(all.map(({ reason }) => reason)));
    }),
  );
});

test('two lists put together hold what both hold', () => {
  fc.assert(
    fc.property(someFaults, closeFaults, (one, other) => {
      expect([...eachFault(allFaults(listOf(one), listOf(other)))]).toEqual([...one, ...other]);
    }),
  );
});

test('a file that is bad throughout takes a few bytes, one that is bad in every second line three a line', () => {
  const all = listOf(Array.from({ length: 100_000 }, (_, index) => ({ line: index + 1, reason: 'not-utf8' })));
  expect(bytesOf(all)).toBeLessThan(10);
  const half = listOf(Array.from({ length: 100_000 }, (_, index) => ({ line: index * 2 + 1, reason: 'not-utf8' })));
  expect(bytesOf(half)).toBe(300_000);
});

test('numbers come back as they were, however many there are', () => {
  const numbers = fc.array(fc.maxSafeNat(), { size: 'large' });
  fc.assert(
    fc.property(numbers, (all) => {
      const list = new NumberList();
      for (const number of all) list.push(number);
      expect([...eachNumber(list.finish())]).toEqual(all);
    }),
  );
});

function bytesOf({ runs }: Faults): number {
  return runs.reduce((sum, { length }) => sum + length, 0);
}
