/**
 * The twenty rules and hunting queries of the Sentinel solution for ZPA: for each a rule of our own, in few lines, with the
 * operators and functions that the published one uses, and what must come of it. Their own texts are not part of this
 * project, except for the one that Doppel grew out of.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { createEngine } from '../../engine/handlers';
import type { Engine } from '../../engine/handlers';
import { KqlError } from '../../engine/kql/error';

interface Listed {
  /** Of the published rule. */
  name: string;
  kind: 'analytic' | 'hunting';
  /** How much of the past it looks at; of an analytic rule. */
  hours?: number;
  /** Ours; or the published rule itself, where it is part of the project. */
  kql?: string[];
  file?: string;
  /** The query over an opened log, where ours names every column of the small table. */
  open_kql?: string[];
  rows?: unknown[][];
  /** The rows come in no order. */
  sort?: boolean;
  error?: string;
  at?: string;
  /** What the run must say. */
  note?: string;
  /** A defect of the published rule, by reading it. */
  defect?: string;
}

const here = import.meta.dirname;
const list = JSON.parse(readFileSync(join(here, 'solution.json'), 'utf8')) as Listed[]; // a file of our own
const events = readFileSync(join(here, 'solution-events.kql'), 'utf8');
const AT = Date.UTC(2026, 2, 20, 12);

const tempFolder = mkdtempSync(join(tmpdir(), 'doppel-solution-'));
const context = { signal: new AbortController().signal, progress: () => undefined };
let engine: Engine;
let withLog: Engine;
beforeAll(async () => {
  engine = createEngine({ tempFolder });
  withLog = createEngine({ tempFolder });
  const [handle] = await withLog.offer([{ path: join(here, '../../samples/day.ndjson'), name: 'day.ndjson' }]);
  await withLog.handlers['log.open']({ files: [handle!.id] }, context);
});
afterAll(async () => {
  await engine.close();
  await withLog.close();
  rmSync(tempFolder, { recursive: true, force: true });
});

function yamlOf({ name, kind, hours = 24, kql, file }: Listed): string {
  if (file !== undefined) return readFileSync(join(here, '../..', file), 'utf8');
  const schedule =
    kind === 'analytic'
      ? { severity: 'Low', queryFrequency: '1h', queryPeriod: `${hours}h`, triggerOperator: 'gt' }
      : {};
  return stringify({ name: `Like "${name}"`, ...schedule, tactics: ['InitialAccess'], query: kql!.join('\n') });
}

const sorted = (rows: unknown[][]): unknown[][] => rows.toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));

const runs = list.filter(({ error }) => error === undefined);
const refused = list.filter(({ error }) => error !== undefined);
const over = (kql: string) => ({ kql: events + kql, at: AT, periodMs: null, limits: undefined });

describe.each(runs)('$name', (listed) => {
  const { kind, rows, sort, note } = listed;

  test('over the small table', async () => {
    const { rule } = await engine.handlers['rule.read']({ file: 'rule.yaml', yaml: yamlOf(listed) }, context);
    expect(rule.kind).toBe(kind);
    const result = await engine.handlers['kql.run'](over(rule.query), context);
    const cells = result.rows.map((row) => row.map((cell, index) => valueOf(cell, result.columns[index]!.type)));
    expect(sort ? sorted(cells) : cells).toEqual(sort ? sorted(rows!) : rows);
    expect(result.notes).toEqual(expect.arrayContaining(note === undefined ? [] : [note]));
  });

  test('as a file, over an opened log, with each of its stages', async () => {
    const yaml = yamlOf(listed.open_kql ? { ...listed, kql: listed.open_kql } : listed);
    const { rule, diagnostics } = await withLog.handlers['rule.read']({ file: 'rule.yaml', yaml }, context);
    expect(diagnostics).toEqual([]);
    const { query: kql, periodMs } = rule;
    const params = { kql, at: null, periodMs, variant: 'published', limits: undefined } as const;
    const traced = await withLog.handlers['rule.run']({ ...params, trace: 'samples' }, context);
    const counted = await withLog.handlers['rule.run']({ ...params, trace: 'counts' }, context);
    const rowsOf = (run: typeof traced) => run.stages.map((stage) => [stage.kql, stage.rowsIn, stage.rowsOut]);
    expect(rowsOf(traced)).toEqual(rowsOf(counted));
    expect(traced.stages.length).toBeGreaterThan(2);
    expect(traced.rows).toEqual(counted.rows);
  });
});

test.each(refused)('$name is refused where its defect is', async (listed) => {
  const { rule, diagnostics } = await withLog.handlers['rule.read'](
    { file: 'rule.yaml', yaml: yamlOf(listed) },
    context,
  );
  const { query: kql } = rule;
  expect(diagnostics.map(({ start, length }) => kql.slice(start, start + length))).toEqual([listed.at]);
  const refusal: unknown = await Promise.resolve()
    .then(() => engine.handlers['kql.run'](over(kql), context))
    .catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(KqlError);
  const { code, span } = refusal as KqlError; // it is one, as has just been seen
  expect([code, (events + kql).slice(span.start, span.start + span.length)]).toEqual([listed.error, listed.at]);
});

function valueOf(cell: string | null, type: string): unknown {
  if (cell === null) return null;
  return type === 'long' || type === 'int' || type === 'dynamic' ? (JSON.parse(cell) as unknown) : cell;
}

test('docs/rule.md names every one, and the defects', () => {
  const text = readFileSync(join(here, '../../docs/rule.md'), 'utf8').replaceAll(/\s+/g, ' ');
  for (const { name, defect } of list) {
    expect(text).toContain(name.replace(' (newer version)', ''));
    expect(text).toContain(defect ?? '');
  }
  expect(new Set(list.map(({ name }) => name.replace(' (newer version)', ''))).size).toBe(20);
});
