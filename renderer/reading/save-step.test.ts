import { expect, test } from 'vitest';
import type { SavedReading } from '../../shared/choices';
import { saveStep } from './save-step';

const reading = (name: string, shape: string): SavedReading => ({
  schema: 'doppel.mapping/1',
  name,
  savedAt: 1,
  shape,
  choices: { timeZone: name },
});
const [portal, berlin, other] = [reading('Portal', 'a'), reading('Berlin', 'a'), reading('Other', 'b')];
const here = { readings: [portal, berlin, other], shape: 'a', current: undefined, isDefault: false };

test('a name that is free saves; one that is taken replaces, but never a reading for other columns', () => {
  expect(saveStep({ ...here, name: 'New' })).toMatchObject({ does: 'save', words: 'Save this reading' });
  expect(saveStep({ ...here, name: 'Portal' })).toMatchObject({
    does: 'save',
    words: expect.stringContaining('Replace'),
  });
  expect(saveStep({ ...here, name: 'Other' })).toMatchObject({
    does: undefined,
    help: expect.stringContaining('taken'),
  });
});

test('what is saved already is renamed by another name, and replaces the one that has it', () => {
  expect(saveStep({ ...here, current: portal, name: 'Portal' })).toMatchObject({ does: undefined, words: 'Saved' });
  expect(saveStep({ ...here, current: portal, name: 'New' })).toMatchObject({ does: 'rename', from: 'Portal' });
  expect(saveStep({ ...here, current: portal, name: 'Berlin' })).toMatchObject({ does: 'save' });
});

test.each([
  [{ name: '' }, 'Give it a name'],
  [{ name: 'New', isDefault: true }, 'Nothing is chosen'],
  [{ name: 'New', shape: '' }, 'neither a format nor columns'],
])('without %j there is nothing to do, and it is said why', (without, help) => {
  expect(saveStep({ ...here, ...without })).toMatchObject({ does: undefined, help: expect.stringContaining(help) });
});
