/**
 * Every folder of test/golden is a case: its files input* are read as one log, the intended rule runs with the parameters
 * of case.json, and the CSV must be expected.csv to the byte. What is expected was worked out by hand from
 * docs/detection.md and is never written by a program.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, expect, test } from 'vitest';
import { detect } from '../engine/detect/detect';
import { openLog } from '../engine/ingest/open-log';
import { findingsPage } from '../engine/lists/findings';
import { Choices } from '../shared/choices';
import { DEFAULT_PARAMETERS, OPEN_SESSIONS } from '../shared/domain';
import type { InputSummary, LogSummary, Parameters } from '../shared/domain';
import { parseDuration, parseIsoTime } from '../shared/time';
import { exportedCsv } from './exported-csv';
import { recount } from './recount';

const Duration = v.pipe(v.string(), v.transform(parseDuration), v.number());
const Time = v.pipe(v.string(), v.transform(parseIsoTime), v.number());
const Case = v.strictObject({
  /** What the case shows, for whoever reads it. */
  note: v.string(),
  /** As on the command line. */
  parameters: v.optional(
    v.strictObject({
      idleGap: v.optional(Duration),
      minOverlap: v.optional(Duration),
      openSessions: v.optional(v.picklist(OPEN_SESSIONS)),
      from: v.optional(Time),
      to: v.optional(Time),
    }),
    {},
  ),
  /** How the files are read. */
  choices: v.optional(Choices, {}),
  /** Parts of what the import says about the first file. */
  warnings: v.optional(v.array(v.string())),
  /** Values of the findings, in the default order, that the CSV does not hold. */
  findings: v.optional(v.array(v.record(v.string(), v.unknown()))),
  /** Values of the log's summary. */
  log: v.optional(v.record(v.string(), v.unknown())),
  /** Values of the detection's summary. */
  summary: v.optional(v.record(v.string(), v.unknown())),
});

const GOLDEN = join(import.meta.dirname, 'golden');
const folders = readdirSync(GOLDEN, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const tempFolder = mkdtempSync(join(tmpdir(), 'doppel-golden-'));
afterAll(() => rmSync(tempFolder, { recursive: true }));

test.each(folders.map(({ name }) => name))('%s', async (name) => {
  const folder = join(GOLDEN, name);
  const expected = readFileSync(join(folder, 'expected.csv'), 'utf8');
  const chosen = caseOf(folder);
  const inputs = readdirSync(folder).filter((file) => file.startsWith('input'));
  const log = await openLog(
    inputs.map((file) => ({ path: join(folder, file), name: file, choices: chosen.choices })),
    { tempFolder },
  );
  try {
    const summary = await detect(log.database, parametersOf(chosen));
    expect(await exportedCsv(log.database)).toBe(expected);
    expect(summary).toMatchObject(chosen.summary ?? {});
    expect(log.summary).toMatchObject(chosen.log ?? {});
    expectAccounted(
      log.summary,
      inputs.map((file) => recount(join(folder, file))),
    );
    const said = log.summary.inputs[0]?.warnings ?? [];
    expect(said).toMatchObject((chosen.warnings ?? said).map((part) => expect.stringContaining(part)));
    const { rows } = await findingsPage(log.database, { offset: 0, limit: 1000 });
    expect(chosen.findings ? rows : []).toMatchObject(chosen.findings ?? []);
  } finally {
    await log.close();
  }
});

/** Nothing is lost: every record is in one of the classes, and a count that knows nothing of Doppel comes to as many. */
function expectAccounted({ inputs, records, events, rejected }: LogSummary, recounted: (number | undefined)[]): void {
  for (const input of inputs) {
    const setAside = Object.values(input.setAside).reduce((sum, count) => sum + count, 0);
    expect(input).toMatchObject({ records: input.events + setAside + input.rejected });
    expect(input.incomplete).toBeUndefined();
  }
  const sum = (of: (input: InputSummary) => number): number => inputs.reduce((total, input) => total + of(input), 0);
  expect({ records, events, rejected }).toEqual({
    records: sum((input) => input.records),
    events: sum((input) => input.events),
    rejected: sum((input) => input.rejected),
  });
  if (recounted.includes(undefined)) return;
  expect(inputs.map((input) => input.records)).toEqual(recounted);
}

function caseOf(folder: string): v.InferOutput<typeof Case> {
  if (!readdirSync(folder).includes('case.json')) return { note: '', parameters: {}, choices: {} };
  return v.parse(Case, JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')));
}

function parametersOf({ parameters }: v.InferOutput<typeof Case>): Parameters {
  return {
    idleGapMs: parameters.idleGap ?? DEFAULT_PARAMETERS.idleGapMs,
    minOverlapMs: parameters.minOverlap ?? DEFAULT_PARAMETERS.minOverlapMs,
    openSessions: parameters.openSessions ?? DEFAULT_PARAMETERS.openSessions,
    fromMs: parameters.from ?? null,
    toMs: parameters.to ?? null,
  };
}
