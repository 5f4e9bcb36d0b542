import { expect, test } from 'vitest';
import { withInnerJoins } from './inner-joins';

test('each join without a kind gets one, within let statements, functions and other joins too; nothing else changes', () => {
  const text = `let a = T | join (U) on x; // join (
let f = (n:long) { T | join   kind = leftouter (U | join hint.strategy=broadcast U on x) on x };
a | lookup U on x | where y == 'join (U)' | join (a) on x`;
  const changed = withInnerJoins(text);
  expect(changed.text).toBe(`let a = T | join kind=inner (U) on x; // join (
let f = (n:long) { T | join   kind = leftouter (U | join kind=inner hint.strategy=broadcast U on x) on x };
a | lookup U on x | where y == 'join (U)' | join kind=inner (a) on x`);
  const at = (piece: string) => ({ start: changed.text.lastIndexOf(piece), length: piece.length });
  const before = (piece: string) => ({ start: text.lastIndexOf(piece), length: piece.length });
  expect(changed.placeOf(at('join kind=inner (a) on x'))).toEqual(before('join (a) on x'));
  expect(changed.placeOf(at('lookup U on x'))).toEqual(before('lookup U on x'));
});

test('a text that cannot be read stays as it is', () => {
  expect(withInnerJoins('let = ((').text).toBe('let = ((');
});
