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

test('JSON over many lines is shown value by value, before and after its nested keys are mapped', async () => {
  const record = (name: string) => ({
    at: '2026-03-02T10:00:00Z',
    event: { user: { name }, src: { addr: '198.51.100.1' } },
  });
  const path = files.write('nested.json', JSON.stringify([record('ann'), record('bea')], null, 2));
  const file = { path, name: 'nested.json' };
  const bare = await preview(file, files.folder, signal);
  expect(bare.columns).toEqual(['at', 'event.user.name', 'event.src.addr']);
  expect(bare.rows.map(({ line, cells }) => [line, cells[1], cells[2]])).toEqual([
    [null, 'ann', '198.51.100.1'],
    [null, 'bea', '198.51.100.1'],
  ]);
  const mapping = { user: 'event.user.name', sourceIp: 'event.src.addr', time: 'at' };
  const shown = await preview({ ...file, choices: { mapping } }, files.folder, signal);
  expect(shown.rows).toMatchObject([
    {
      line: 2,
      outcome: 'event',
      user: 'ann',
      cells: ['2026-03-02T10:00:00Z', 'ann', '198.51.100.1'],
    },
    { line: 13, outcome: 'event', user: 'bea', SrcIpAddr: '198.51.100.1' },
  ]);
});
