import { expect, test } from 'vitest';
import { MADE_READING, madeInput } from '../import/made-input';
import { filesOf } from './files-of';

test('a page that was reloaded keeps what was chosen, and leaves open what a saved reading or nobody said', () => {
  const choices = { timeZone: 'UTC' };
  const saved = { name: 'Portal', savedAt: 1 };
  const inputs = [
    madeInput({ file: 'a', name: 'a.csv', reading: { ...MADE_READING, choices, saved } }),
    madeInput({ file: 'b', name: 'b.csv', reading: { ...MADE_READING, choices } }),
    madeInput({ file: 'c', name: 'c.csv' }),
  ];
  const { handles, choices: kept } = filesOf(inputs);
  expect(handles.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  expect(kept).toEqual({ b: choices });
});
