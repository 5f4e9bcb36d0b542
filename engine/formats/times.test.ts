/** What is taken for granted about a time is said where that time counts. */
import { afterAll, expect, test } from 'vitest';
import type { InputSummary } from '../../shared/domain';
import { MadeFiles } from '../ingest/made-log';

const files = new MadeFiles();
afterAll(() => files.remove());

const HEAD = 'TimeGenerated [Local Time],LogTimestamp,Username,ClientPublicIP,ConnectionStatus';
const OWN = '"3/2/2026, 8:15:09.482 AM",Mon Mar  2 08:15:03 2026,ann,198.51.100.7,active';
const COLLECTED = '"3/2/2026, 8:16:09.482 AM",,ann,198.51.100.7,active';

async function inputOf(...rows: string[]): Promise<InputSummary | undefined> {
  const log = await files.open([files.write('portal.csv', [HEAD, ...rows, ''].join('\n'))]);
  return log.summary.inputs[0];
}

test('of times of collection nothing is said where every record has a time of its own', async () => {
  const input = await inputOf(OWN, OWN);
  expect(input?.warnings).toEqual([]);
  expect(input?.reading.notes).toEqual([]);
});

test('one record without a time of its own, and the order of the date and the zone are said', async () => {
  expect((await inputOf(OWN, OWN, COLLECTED))?.warnings).toEqual([
    expect.stringMatching(/^dates such as 3\/2\/2026 are read as month\/day\/year/u),
    expect.stringMatching(/^TimeGenerated \[Local Time\] is read as UTC/u),
    expect.stringMatching(/^1 of 3 events have no time of their own/u),
  ]);
});
