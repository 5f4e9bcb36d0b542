import { afterAll, expect, test } from 'vitest';
import { MadeFiles } from '../ingest/made-log';

const files = new MadeFiles();
afterAll(() => files.remove());

const PAIRS = ['usrName=ann@example.test', 'src=198.51.100.7', 'SessionID=s1', 'SessionID=s2'];
const HEADER = '<166>Mon Mar 02 08:15:03 2026 conn01';

test('the event in the header is the action of a record that has none, and the first of equal keys counts', async () => {
  const log = await files.open([
    files.write(
      'a.leef',
      [
        `${HEADER} LEEF:1.0|Zscaler|ZPA|4.1|open|${PAIRS.join('\t')}`,
        `${HEADER} LEEF:1.0|Zscaler|ZPA|4.1|open|${PAIRS.join('\t')}\tConnectionStatus=close`,
        `${HEADER} LEEF:2.0|Zscaler|ZPA|4.1|active|x09|${PAIRS.join('\t')}\tdevTime=1772439305000`,
        `${HEADER} LEEF:2.0|Zscaler|ZPA|4.1|active|^|${PAIRS.join('^')}`,
        `${HEADER} LEEF:2.0|Zscaler|ZPA|4.1|active|0x7C|${PAIRS.join('|')}`,
        `${HEADER} LEEF:2.0|Zscaler|ZPA|4.1|active||${PAIRS.join('\t')}`,
        `${HEADER} LEEF:2.0|Zscaler|ZPA|4.1|active|${PAIRS.join('\t')}`,
        `${HEADER} LEEF:2.0|Other|ZPA|4.1|active|${PAIRS.join('\t')}`,
      ].join('\n'),
    ),
  ]);
  const rows = await log.database.use(undefined, (connection) =>
    connection.rows('select action, user_name, ip, session_id, time from event order by id'),
  );
  const time = Date.UTC(2026, 2, 2, 8, 15, 3);
  expect(rows).toEqual([
    ['open', 'ann@example.test', '198.51.100.7', 's1', time],
    ['close', 'ann@example.test', '198.51.100.7', 's1', time],
    ['active', 'ann@example.test', '198.51.100.7', 's1', time + 2000],
    ...Array.from({ length: 4 }, () => ['active', 'ann@example.test', '198.51.100.7', 's1', time]),
  ]);
  const { rows: rejected } = await log.rejected({ offset: 0, limit: 10 });
  expect(rejected).toMatchObject([{ line: 8, reason: 'not-a-log-line' }]);
});
