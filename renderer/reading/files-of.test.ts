import { expect, test } from 'vitest';
import { MADE_READING, madeInput } from '../import/made-input';
import { filesOf, renewed } from './files-of';

test('what was chosen for a file goes with it to its new handle, and files of one name are each taken once', () => {
  const handle = (id: string, name: string) => ({ id, name, bytes: 1 });
  const files = {
    sample: false,
    handles: [handle('a', 'x.csv'), handle('b', 'x.csv'), handle('c', 'gone.csv')],
    choices: { b: { header: false } },
  } as const;
  expect(renewed(files, [handle('d', 'x.csv'), handle('e', 'x.csv')])).toEqual({
    sample: false,
    handles: [handle('d', 'x.csv'), handle('e', 'x.csv'), handle('c', 'gone.csv')],
    choices: { e: { header: false } },
  });
});

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
