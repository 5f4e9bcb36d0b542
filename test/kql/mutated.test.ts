/**
 * Queries that nobody has thought of: golden ones with a literal, a function, an operator or a stage put where it does not
 * belong. Whatever comes of them, it is rows or a refusal with its place, and the next query runs as ever.
 * DOPPEL_KQL_SEED=N and DOPPEL_KQL_MUTATIONS=N run others, and more.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../engine/db';
import { KqlError } from '../../engine/kql/error';
import { functionNames } from '../../engine/kql/functions/lookup';
import { runKql } from '../../engine/kql/run';
import { openEmpty } from './conformance';

const SEED = Number(process.env['DOPPEL_KQL_SEED'] ?? 7);
const MUTATIONS = Number(process.env['DOPPEL_KQL_MUTATIONS'] ?? 200);
const LITERALS =
  "0|-1|9223372036854775807|1.5|real(nan)|''|'x%_\\\\'|'(a+'|'😀'|1h|-3d|datetime(2026-03-02)|datetime(9999-12-31)|datetime(null)|long(null)|dynamic(null)|dynamic([1,'a',null,{'b':2}])|true|decimal(1.25)|guid(74be27de-1e4e-49d9-b579-fe0b331d3642)|now()|column".split(
    '|',
  );
const OPERATORS = ['==', '!=', '<', '+', '-', '*', '/', '%', ' and ', ' has ', ' in ', ' =~ '];

const folder = join(import.meta.dirname, 'cases');
const golden = readdirSync(folder).flatMap((file) =>
  (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { kql: string; rows?: unknown }[]) // files of our own
    .filter(({ rows }) => rows)
    .map(({ kql }) => kql),
);

/** mulberry32: the same numbers for the same seed, everywhere. */
function randomly(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function mutated(random: () => number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const put = (query: string, pattern: RegExp, other: string): string => {
    const found = [...query.matchAll(pattern)];
    if (found.length === 0) return query;
    const { index, 0: old } = pick(found);
    return query.slice(0, index) + other + query.slice(index + old.length);
  };
  const stages = (query: string): string[] => query.split(/\s\|\s/);
  let query = pick(golden);
  for (let times = 1 + Math.floor(random() * 3); times > 0; times--) {
    const change = pick([
      () => put(query, /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|\b\d+(?:\.\d+)?[hdms]?\b/g, pick(LITERALS)),
      () => put(query, /\b[a-z_]\w*\b(?=\()/gi, pick(functionNames())),
      () => put(query, /[=!<>]=|[-+*/%<>]|\b(?:and|or|has|contains|in)\b/g, pick(OPERATORS)),
      () =>
        put(query, /\b(?:long|string|datetime|real|dynamic|int|bool|timespan)\b/g, pick(['long', 'string', 'dynamic'])),
      () => [query, ...stages(pick(golden)).slice(1)].join(' // 😀\r\n| '),
      () =>
        stages(query)
          .filter((_, index) => index === 0 || random() < 0.7)
          .join('\n| '),
    ]);
    query = change();
  }
  return query;
}

const spill = mkdtempSync(join(tmpdir(), 'doppel-kql-'));
let database: Database;
beforeAll(async () => {
  database = await openEmpty(spill, 2);
});
afterAll(() => {
  database.close();
  rmSync(spill, { recursive: true });
});

test(`${MUTATIONS} mutated queries from seed ${SEED} give rows or a refusal with its place`, async () => {
  const random = randomly(SEED);
  const options = { at: Date.UTC(2026, 2, 2, 12), limits: { rows: 1000, ms: 20_000 } };
  for (let count = 0; count < MUTATIONS; count++) {
    const kql = mutated(random);
    const problem = await runKql(database, kql, options).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (problem === undefined) continue;
    if (!(problem instanceof KqlError)) throw new Error(`Not a refusal: ${kql}`, { cause: problem });
    const { start, length } = problem.span;
    const isWithin = start >= 0 && start + length <= kql.length;
    // a place without a length is where something is missing; at the start of the text it is no place at all
    const isPlaced = length > 0 || start > 0 || problem.kqlCode === 'query-limit';
    expect({ kql, message: problem.message, isWithin, isPlaced }).toMatchObject({ isWithin: true, isPlaced: true });
  }
  expect((await runKql(database, 'print 1', options)).rows).toEqual([['1']]);
});
