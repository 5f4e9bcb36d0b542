import { expect, test } from 'vitest';
import { Remembered } from './remembered';

test('an answer is made once; a failed one, one of another log and one of long ago are made again', async () => {
  const remembered = new Remembered<string>(2);
  const made: string[] = [];
  const ask = (log: object, key: string): Promise<string> =>
    remembered.of(log, key, () => {
      made.push(key);
      return Promise.resolve(key);
    });
  const [one, two] = [{}, {}];
  await expect(remembered.of(one, 'a', () => Promise.reject(new Error('cancelled')))).rejects.toThrow('cancelled');
  for (const key of ['a', 'a', 'b', 'a', 'c', 'b', 'a']) expect(await ask(one, key)).toBe(key);
  expect(made).toEqual(['a', 'b', 'c', 'a']); // c was the third of two
  await ask(two, 'a');
  await ask(one, 'a');
  expect(made.slice(4)).toEqual(['a', 'a']);
});
