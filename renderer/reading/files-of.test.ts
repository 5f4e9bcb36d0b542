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

test('of an archive what was chosen for each shape in it is kept', () => {
  const reading = (shape: string, timeZone: string) => ({ ...MADE_READING, shape, choices: { timeZone } });
  const inputs = [
    madeInput({ file: 'z', name: 'z.zip › a', reading: reading('one', '+01:00') }),
    madeInput({ file: 'z', name: 'z.zip › b', reading: reading('two', '+02:00') }),
    madeInput({ file: 'z', name: 'z.zip › c', reading: { ...MADE_READING, shape: 'three' } }),
  ];
  expect(filesOf(inputs).choices).toEqual({
    z: { byShape: { one: { timeZone: '+01:00' }, two: { timeZone: '+02:00' } } },
  });
});
