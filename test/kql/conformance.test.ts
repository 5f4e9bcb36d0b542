/** The recorded answers of the real engine, where they are at hand. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../engine/db';
import { readAnswers } from './answers';
import { check, openEmpty } from './conformance';
import type { Checked } from './conformance';
import { reasonFor, report } from './report';

const answers = readAnswers();
if (!answers) {
  console.log('The recorded answers are not here, so they are not compared. DOPPEL_KQL_ANSWERS can name the file.');
}
const spill = mkdtempSync(join(tmpdir(), 'doppel-kql-'));
const document = join(import.meta.dirname, '../../docs/kql.md');

describe.skipIf(!answers)('recorded answers', () => {
  const checked: Checked[] = [];
  let database: Database;

  beforeAll(async () => {
    database = await openEmpty(spill);
    for (const answer of answers ?? []) checked.push(await check(database, answer));
  }, 300_000);
  afterAll(() => {
    database.close();
    rmSync(spill, { recursive: true });
  });

  const matches = (of: readonly Checked[]): number => of.filter(({ verdict }) => verdict === 'match').length;

  test('at least 92 % give the answer of the engine', () => {
    expect(matches(checked) / checked.length).toBeGreaterThanOrEqual(0.92);
  });
  test('of those that are not refused, at least 98 %', () => {
    const accepted = checked.filter(({ verdict }) => verdict !== 'unsupported');
    expect(matches(accepted) / accepted.length).toBeGreaterThanOrEqual(0.98);
  });
  test('what the engine refuses is refused', () => {
    const refused = checked.filter(({ answer }) => answer.outcome === 'error');
    expect(refused.filter(({ verdict }) => verdict !== 'match').map(({ answer }) => answer.kql)).toEqual([]);
  });
  test('nothing fails other than by a refusal', () => {
    expect(checked.filter(({ verdict }) => verdict === 'error').map(({ detail }) => detail)).toEqual([]);
  });
  test('every difference has its reason', () => {
    const unexplained = checked.filter((each) => each.verdict === 'difference' && !reasonFor(each));
    expect(unexplained.map(({ answer, detail }) => `${answer.kql}: ${detail}`)).toEqual([]);
  });
  test('docs/kql.md says so', () => {
    const text = report(checked);
    if (process.env['DOPPEL_KQL_REPORT'] === 'write') writeFileSync(document, text);
    expect(readFileSync(document, 'utf8')).toBe(text);
  });
});
