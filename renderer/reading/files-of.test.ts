import { expect, test } from 'vitest';
import { renewed } from './files-of';

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
