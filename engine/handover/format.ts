/** What a hand-over file holds: a zip archive of these entries (docs/handover.md). */
import * as v from 'valibot';
import { DetectionSummary, LogSummary } from '../../shared/domain';

/** The first entry, not compressed, so that the file is known by its first bytes. */
export const MARKER = 'DOPPEL-HANDOVER.txt';
export const MARKER_TEXT = 'A hand-over file of Doppel. Open it with Doppel.\n';
export const CONTENTS = 'contents.json';
export const DECISIONS = 'decisions.jsonl';
export const REJECTED = 'rejected.json';
/** The tables of a run, as far as they are about flagged users: one Parquet file each. */
export const TABLES = ['event', 'segment', 'presence', 'overlap', 'finding', 'ip_block'] as const;
export type TableName = (typeof TABLES)[number];
/** The name in the archive under which a table lies. */
export const entryOf = (table: TableName): string => `${table}.parquet`;

const SCHEMA = 'doppel.handover/1';
const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Ms = v.pipe(v.number(), v.safeInteger());
const Short = v.pipe(v.string(), v.maxLength(1000));

export const Entry = v.object({
  name: Short,
  bytes: Count,
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  /** Rows or lines. */
  rows: Count,
});
export type Entry = v.InferOutput<typeof Entry>;

/** The entry `contents.json`: what was handed over, and the hash of every other entry. */
export const Contents = v.object({
  schema: v.literal(SCHEMA),
  made: v.object({ at: Ms, by: Short, doppel: Short, engine: Short }),
  case: v.nullable(v.object({ id: Short, name: Short })),
  log: LogSummary,
  detection: DetectionSummary,
  entries: v.pipe(v.array(Entry), v.maxLength(100)),
  withoutText: Count,
  /** What the detection found in all, where only some of its flagged users are in the file: `detection` counts those. */
  outOf: v.optional(v.object({ findings: Count, overlaps: Count })),
});
export type Contents = v.InferOutput<typeof Contents>;
export const HANDOVER_SCHEMA = SCHEMA;

/** Any version of it: to tell a newer one from a damaged one. */
export const AnyContents = v.object({ schema: v.pipe(v.string(), v.startsWith('doppel.handover/')) });
