/** DuckDB 1.5.5 loses its whole database over some CSV files with text that is not UTF-8: a defect of its own. */
import { afterAll, expect, test } from 'vitest';
import { activity, jsonLines, MadeFiles } from './made-log';

const files = new MadeFiles();
afterAll(() => files.remove());

/** Found by fuzzing, and made as small as it still does it. */
const FATAL = [
  '],Computer,Message',
  '"\u00e2\u0080\u00afAM",collector-1,"{""LogTimestamp"": ""M26"", ""Customer"": ""Example, Ltd"", ""SeConnectionID"": ""x1,open"", ""Username"": ""e.com"", ""ServicePort"": 443, ""ClientPublicIP"": ""198.51.100.1"", ""ClientPrivateIP"": """", ""Clde"": 52.0, ""Clientation"": ""HR \\""portal\\"""", ""TimestamnStart"": ""2026-03-0.000Z"", ""TimestamnEnd"": """"}"',
  '"3/3\u00afAM",collector-1,"{""LogTimest\u00c4\u0000\u0003\u00008:03:0",col',
].join('\r\n');

test('what is broken costs its rows, and no other file', async () => {
  const log = await files.open([
    files.write('first.ndjson', jsonLines([activity(1)])),
    files.write('fatal.csv', Buffer.from(FATAL, 'latin1')),
    files.write('last.ndjson', jsonLines([activity(2)])),
  ]);
  expect(log.summary.inputs).toMatchObject([
    { records: 1, events: 1 },
    { records: 2, events: 0, rejected: 1 },
    { records: 1, events: 1 },
  ]);
  expect(log.summary.inputs.map(({ incomplete }) => incomplete)).toEqual([undefined, undefined, undefined]);
});
