/** A replay works out once what it can: its runs are those that a single run at each time gives. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import type { RuleVariant } from '../../shared/rules';
import { openLog } from '../ingest/open-log';
import type { Log } from '../ingest/open-log';
import { correctedKql } from './corrected';
import { readRule } from './read-rule';
import { replay } from './replay';
import { moreColumnsOf } from './more-columns';
import { runRule } from './run-rule';

const root = join(import.meta.dirname, '../..');
const tempFolder = mkdtempSync(join(tmpdir(), 'doppel-replay-'));
const publishedFile = 'rules/shared-zpa-session.yaml';
const published = readRule(readFileSync(join(root, publishedFile), 'utf8'), publishedFile).query;
const HOUR = 3_600_000;
let log: Log;
beforeAll(async () => {
  log = await openLog([{ path: join(root, 'samples/day.ndjson'), name: 'day.ndjson' }], { tempFolder });
});
afterAll(async () => {
  await log.close();
  rmSync(tempFolder, { recursive: true, force: true });
});

test.each<[name: string, kql: string, variant: RuleVariant, delayMs: number]>([
  ['the published rule', published, 'published', 0],
  ['with kind=inner', published, 'published-inner', 0],
  ['the corrected rule', correctedKql(DEFAULT_PARAMETERS), 'published', 0],
  ['records that come late', published, 'published-inner', 2 * HOUR],
  [
    'a filter that asks for the time',
    'ZPAEvent | extend old = now() - TimeGenerated | where old < 90m',
    'published',
    0,
  ],
  ['a number that is there without any record', 'ZPAEvent | where DvcAction == "close" | count', 'published', 0],
  [
    'columns that are not kept',
    'ZPAEvent | where tolong(SrcBytes) > 0 | summarize count() by DstUserName',
    'published',
    0,
  ],
  [
    'the same stage read twice',
    'let a = ZPAEvent | where DvcAction == "open" | project DstUserName; union a, (a | take 2)',
    'published',
    0,
  ],
  ['a table of its own', 'datatable(DstUserName:string)["x"]', 'published', 0],
])('%s', async (_, kql, variant, delayMs) => {
  const more = moreColumnsOf(log);
  const { firstEvent, lastEvent } = log.summary;
  const schedule = { frequencyMs: 3 * HOUR, periodMs: 9 * HOUR, trigger: { operator: 'gt', threshold: 0 } } as const;
  const found = await replay(log.database, {
    kql,
    variant,
    delayMs,
    first: firstEvent!,
    last: lastEvent!,
    more,
    ...schedule,
  });
  expect(found.runs.length).toBeGreaterThan(8);
  for (const { at, rows, users } of found.runs) {
    const late =
      delayMs === 0 ? kql : kql.replaceAll('ZPAEvent', `ZPAEvent | where TimeGenerated <= now() - ${delayMs}ms`);
    const run = await runRule(log.database, {
      kql: late,
      variant,
      at,
      more,
      periodMs: 9 * HOUR,
      trace: 'none',
      limits: undefined,
    });
    const names = ['AccountCustomEntity', 'DstUserName'].map((name) =>
      run.columns.findIndex((each) => each.name === name),
    );
    const user = names.find((index) => index >= 0);
    expect([at, rows]).toEqual([at, run.rows.length]);
    expect(users).toEqual(user === undefined ? [] : [...new Set(run.rows.map((row) => row[user] ?? ''))].toSorted());
  }
});
