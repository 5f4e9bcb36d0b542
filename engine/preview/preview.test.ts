import { afterAll, expect, test } from 'vitest';
import { MadeFiles } from '../ingest/made-log';
import { preview } from './preview';

const files = new MadeFiles();
afterAll(() => files.remove());
const ROWS = [
  'When,Account,Client',
  '3/2/2026 10:00:00,ann@example.test,198.51.100.1',
  'never,ann@example.test,198.51.100.1',
];
const { signal } = new AbortController();

test('a table of unknown columns is shown as it is, with guesses', async () => {
  const path = files.write('odd.csv', ROWS.join('\n'));
  const shown = await preview({ path, name: 'odd.csv' }, files.folder, signal);
  expect(shown.format).toBeNull();
  expect(shown.reading.guesses).toMatchObject({ user: 'Account', sourceIp: 'Client' });
  expect(shown.rows.map(({ line, cells, outcome }) => [line, cells[1], outcome])).toEqual([
    [2, 'ann@example.test', null],
    [3, 'ann@example.test', null],
  ]);
});

test('under a mapping each row shows what it comes to, or why not', async () => {
  const path = files.write('mapped.csv', ROWS.join('\n'));
  const choices = {
    mapping: { user: 'Account', sourceIp: 'Client', time: 'When' },
    dateOrder: 'day-first',
    timeZone: '+01:00',
  } as const;
  const shown = await preview({ path, name: 'mapped.csv', choices }, files.folder, signal);
  expect(shown.rows).toMatchObject([
    { line: 2, outcome: 'event', time: Date.UTC(2026, 1, 3, 9), action: 'active', user: 'ann@example.test' },
    { line: 3, outcome: 'no-time', time: null, cells: ['never', 'ann@example.test', '198.51.100.1'] },
  ]);
});
