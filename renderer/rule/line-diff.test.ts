import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineDiff, stretchesOf } from './line-diff';
import type { DiffLine } from './line-diff';

const shown = (lines: DiffLine[]): string[] =>
  lines.map(({ kind, text }) => `${{ same: ' ', removed: '-', added: '+' }[kind]}${text}`);

test('a line that was changed is removed and added, what is around it stays', () => {
  expect(shown(lineDiff('a\nb\nc\n', 'a\nx\nc'))).toEqual([' a', '-b', '+x', ' c']);
  expect(shown(lineDiff('', 'a'))).toEqual(['-', '+a']);
  expect(shown(lineDiff('a\r\nb', 'a\nb'))).toEqual([' a', ' b']);
  expect(lineDiff('a\nb', 'b').map(({ before, after }) => [before, after])).toEqual([
    [1, null],
    [2, 1],
  ]);
});

const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 });

/** The longest common subsequence, by trying all. */
function longest(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  if (a[0] === b[0]) return 1 + longest(a.slice(1), b.slice(1));
  return Math.max(longest(a.slice(1), b), longest(a, b.slice(1)));
}

test('both texts are in it, in order, and no line is removed and added without need', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [old, now] = [
        [...a, 'end'],
        [...b, 'end'],
      ];
      const lines = lineDiff(old.join('\n'), now.join('\n'));
      const of = (other: DiffLine['kind']) => lines.filter(({ kind }) => kind !== other).map((line) => line.text);
      expect(of('added')).toEqual(old);
      expect(of('removed')).toEqual(now);
      expect(lines.filter(({ kind }) => kind === 'same')).toHaveLength(longest(old, now));
    }),
    { numRuns: 60 },
  );
});

test('what is far from a change is one stretch', () => {
  const old = Array.from({ length: 20 }, (_, index) => `line ${index}`);
  const stretches = stretchesOf(lineDiff(old.join('\n'), old.with(10, 'x').join('\n')), 2);
  expect(stretches.map((each) => (each.kind === 'same' ? each.lines : shown(each.lines).join('|')))).toEqual([
    8,
    ' line 8| line 9|-line 10|+x| line 11| line 12',
    7,
  ]);
  expect(stretchesOf(lineDiff('a', 'a'))).toEqual([{ kind: 'same', lines: 1 }]);
});
