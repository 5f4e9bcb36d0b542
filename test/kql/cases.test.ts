/** Golden cases: a query, what it brings with it, and what must come out. Each also runs in other ways that must agree. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../engine/db';
import { KqlError } from '../../engine/kql/error';
import { functionNames } from '../../engine/kql/functions/lookup';
import { runKql, toJson } from '../../engine/kql/run';
import type { KqlOptions } from '../../engine/kql/run';
import { openEmpty } from './conformance';
import { OPERATORS } from './report';

interface Case {
  name: string;
  kql: string;
  columns?: string[];
  rows?: unknown[][];
  error?: string;
  at?: string;
}

const folder = join(import.meta.dirname, 'cases');
const families = readdirSync(folder).map((file) => ({
  family: file.replace('.json', ''),
  cases: JSON.parse(readFileSync(join(folder, file), 'utf8')) as Case[], // files of our own
}));
const spill = mkdtempSync(join(tmpdir(), 'doppel-kql-'));
let database: Database;
let single: Database;

beforeAll(async () => {
  database = await openEmpty(spill, 2);
  single = await openEmpty(spill, 1);
});
afterAll(() => {
  database.close();
  single.close();
  rmSync(spill, { recursive: true });
});

async function outcome(where: Database, kql: string, variant?: KqlOptions['variant']): Promise<unknown> {
  const options = { at: Date.UTC(2026, 2, 2, 12), ...(variant ? { variant } : {}) };
  try {
    const { columns, rows } = await runKql(where, kql, options);
    return {
      columns: columns.map(({ name, type }) => `${name}:${type}`),
      rows: rows.map((row) => row.map((cell, index) => toJson(columns[index]!.type, cell))),
    };
  } catch (error) {
    if (!(error instanceof KqlError)) throw error;
    const { start, length } = error.span;
    return { error: error.code, at: kql.slice(start, start + length) };
  }
}

function expected({ columns, rows, error, at }: Case): unknown {
  return error === undefined ? { columns, rows } : { error, at };
}

describe.each(families)('$family', ({ cases }) => {
  test.each(cases)('$name', async (golden) => {
    expect(await outcome(database, golden.kql)).toEqual(expected(golden));
  });

  test.each(cases)('$name: unfused, in temporary tables, on one thread', async (golden) => {
    const { kql } = golden;
    expect(await outcome(database, kql, { fuse: false })).toEqual(expected(golden));
    expect(await outcome(database, kql, { tempTables: true })).toEqual(expected(golden));
    expect(await outcome(single, kql)).toEqual(expected(golden));
  });
});

const all = families.flatMap(({ cases }) => cases.filter((each) => each.rows)).map(({ kql }) => kql);

test.each(functionNames())('%s has a case', (name) => {
  const used = new RegExp(`\\b${name}(_?if)?\\s*\\(|\\s!?${name}\\s|\\b${name} `);
  expect(all.some((kql) => used.test(kql))).toBe(true);
});

test.each(OPERATORS)('the operator %s has a case', (name) => {
  expect(all.some((kql) => new RegExp(`(^|[|;(]\\s*)${name}\\b`).test(kql))).toBe(true);
});
