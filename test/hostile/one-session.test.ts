/** Promise 10: no log makes Doppel hang. What takes the square of something would not end within the time that a test has. */
import { afterAll, expect, test } from 'vitest';
import { MadeFiles } from '../../engine/ingest/made-log';
import { findingsCsv } from './log';

const files = new MadeFiles();
afterAll(() => files.remove());

const HEADER = 'LogTimestamp,ConnectionStatus,Username,ClientPublicIP,SessionID\n';
const RECORDS = 200_000;
const start = Date.UTC(2026, 2, 2, 8);

test('promise 10: records of one moment, one session, a roaming session, a session each: none makes it hang', async () => {
  const rows = Array.from({ length: RECORDS }, (_, index) => [
    `${start},open,moment,198.51.100.9,s`,
    `${start + index},open,session,198.51.100.9,s`,
    `${start + index},open,roaming,10.0.${index % 250}.1,s`,
    `${start + index},open,each,198.51.100.9,s${index}`,
  ]);
  const log = await files.open([files.write('log.csv', `${HEADER}${rows.flat().join('\n')}\n`)]);
  expect(log.summary).toMatchObject({ records: 4 * RECORDS, events: 4 * RECORDS, duplicates: RECORDS - 1 });
  expect((await findingsCsv(log)).split('\r\n')).toHaveLength(2);
});
