import { expect, test } from 'vitest';
import { filesOfCommandLine } from './command-line';

test('files are what is left without the program, the app and the switches', () => {
  expect(filesOfCommandLine(['/bin/doppel', 'a.ndjson', '/b.csv'], true, '/logs')).toEqual([
    '/logs/a.ndjson',
    '/b.csv',
  ]);
  expect(
    filesOfCommandLine(['/bin/electron', '--inspect=0', '/app', '--no-sandbox', 'a.ndjson'], false, '/logs'),
  ).toEqual(['/logs/a.ndjson']);
  expect(filesOfCommandLine(['/bin/electron', '/app'], false, '/logs')).toEqual([]);
});
