/** The corrected rule, run by the KQL engine, finds exactly what the intended SQL finds: on every golden case, and on random logs. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { DEFAULT_PARAMETERS, OPEN_SESSIONS } from '../../shared/domain';
import type { Parameters } from '../../shared/domain';
import { isoTime, parseDuration, parseIsoTime } from '../../shared/time';
import type { Database } from '../db';
import { detect } from '../detect/detect';
import { addressOf } from '../ingest/address';
import { openLog } from '../ingest/open-log';
import { compile, diagnose } from '../kql/compile';
import { correctedKql, correctedYaml } from './corrected';
import { readRule } from './read-rule';
import { runRule } from './run-rule';
import { zpaEvent } from './zpa-event';

const folder = mkdtempSync(join(tmpdir(), 'doppel-rules-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function bothFind(database: Database, parameters: Parameters): Promise<{ kql: string[]; sql: string[] }> {
  await detect(database, parameters);
  const sql = await database.use(undefined, (connection) =>
    connection.rows('select user_key, previous_ip, ip, lo, hi from overlap'),
  );
  const { rows, columns } = await runRule(database, {
    kql: correctedKql(parameters),
    at: Date.UTC(2030, 0, 1),
    periodMs: null,
    variant: 'published',
    trace: 'none',
    limits: undefined,
  });
  const cell = (row: (string | null)[], name: string): string =>
    row[columns.findIndex((one) => one.name === name)] ?? '';
  const canonical = (text: string): string => addressOf(text) ?? text;
  const pair = (a: string, b: string): string => [a, b].toSorted().join(' and ');
  return {
    sql: sql
      .map(([user, a, b, lo, hi]) =>
        [user, pair(String(a), String(b)), isoTime(Number(lo)), isoTime(Number(hi))].join(' '),
      )
      .toSorted(),
    kql: rows
      .map((row) =>
        [
          cell(row, 'DstUserName').trim().normalize('NFC').toLowerCase(),
          pair(canonical(cell(row, 'SrcIpAddr')), canonical(cell(row, 'PreviousSrcIpAddr'))),
          cell(row, 'OverlapStart').replace(/0000Z$/, 'Z'),
          cell(row, 'OverlapEnd').replace(/0000Z$/, 'Z'),
        ].join(' '),
      )
      .toSorted(),
  };
}

test('it binds without a diagnostic, and its YAML is read back', () => {
  const schema = { tables: { ZPAEvent: zpaEvent(null, null).columns } };
  expect(diagnose(correctedKql(DEFAULT_PARAMETERS), schema)).toEqual([]);
  const rule = readRule(correctedYaml(DEFAULT_PARAMETERS), 'corrected.yaml');
  expect(rule.query.trim()).toBe(correctedKql(DEFAULT_PARAMETERS).trim());
  expect(rule).toMatchObject({ kind: 'analytic', severity: 'High', frequencyMs: 3_600_000, periodMs: 86_400_000 });
  expect(rule.entities.map(({ type, column }) => `${type} ${column}`)).toEqual([
    'Account AccountCustomEntity',
    'IP IPCustomEntity',
    'IP PreviousIPCustomEntity',
  ]);
});

test('what the YAML maps is a column of the result, and no alert format names more than three', () => {
  const yaml = correctedYaml(DEFAULT_PARAMETERS);
  const tables = { ZPAEvent: zpaEvent(null, null).columns };
  const columns = compile(correctedKql(DEFAULT_PARAMETERS), { now: 0n, schema: { tables } }).columns.map(
    ({ name }) => name,
  );
  const rule = readRule(yaml, 'corrected.yaml');
  expect(columns).toEqual(expect.arrayContaining(rule.entities.map(({ column }) => column)));
  expect(columns).toEqual(expect.arrayContaining(Object.values(rule.customDetails)));
  const formats = [...yaml.matchAll(/^ +alert\w+Format: (.*)$/gm)].map(([, format = '']) => format);
  expect(formats).toHaveLength(2);
  for (const format of formats) {
    const named = [...format.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);
    expect(named.length).toBeLessThanOrEqual(3);
    expect(columns).toEqual(expect.arrayContaining(named));
  }
});

const golden = join(import.meta.dirname, '../../test/golden');
// the cases of engine/formats/read-as.ts need choices that are none of the rule's
const cases = readdirSync(golden).filter(
  (name) => !name.startsWith('choice-') && existsSync(join(golden, name, 'expected.csv')),
);

/** As case.json writes them. */
type Written = Partial<Record<'idleGap' | 'minOverlap' | 'openSessions' | 'from' | 'to', string>>;
const parametersOf = ({ idleGap, minOverlap, openSessions, from, to }: Written): Parameters => ({
  idleGapMs: parseDuration(idleGap ?? '4h')!,
  minOverlapMs: parseDuration(minOverlap ?? '0s')!,
  openSessions: OPEN_SESSIONS.find((one) => one === openSessions) ?? 'last-seen',
  fromMs: from === undefined ? null : parseIsoTime(from)!,
  toMs: to === undefined ? null : parseIsoTime(to)!,
});

describe('golden cases', () => {
  test.each(cases)(
    '%s',
    async (name) => {
      const inputs = readdirSync(join(golden, name)).filter((file) => file.startsWith('input'));
      const about = JSON.parse(readFileSync(join(golden, name, 'case.json'), 'utf8')) as { parameters?: Written };
      const log = await openLog(
        inputs.map((file) => ({ path: join(golden, name, file), name: file })),
        { tempFolder: folder },
      );
      try {
        const { kql, sql } = await bothFind(log.database, parametersOf(about.parameters ?? {}));
        expect(kql).toEqual(sql);
      } finally {
        await log.close();
      }
    },
    60_000,
  );
});
