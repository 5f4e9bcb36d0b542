/** What somebody likes, kept between runs: it is never evidence, and losing it loses nothing of a case. */
import * as v from 'valibot';
import { SavedReading } from './choices';
import { Author } from './decisions';
import { FindingSort, FindingsFilter } from './findings-filter';

export const THEMES = ['system', 'light', 'dark'] as const;

export const COLUMN_WIDTHS = ['narrow', 'normal', 'wide'] as const;

/** The columns of the table of findings that are shown, from the left. */
export const ColumnLayout = v.strictObject({
  columns: v.pipe(
    v.array(v.strictObject({ id: v.pipe(v.string(), v.maxLength(100)), width: v.picklist(COLUMN_WIDTHS) })),
    v.minLength(1),
    v.maxLength(100),
  ),
  /** The first stays in sight when the others are scrolled. */
  pinned: v.boolean(),
});
export type ColumnLayout = v.InferOutput<typeof ColumnLayout>;

/** A way to look at the findings, under a name. */
export const SavedView = v.strictObject({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100)),
  filter: FindingsFilter,
  sort: FindingSort,
  /** Absent: the columns that are shown at first. */
  layout: v.optional(ColumnLayout),
});
export type SavedView = v.InferOutput<typeof SavedView>;

export const Preferences = v.strictObject({
  theme: v.optional(v.picklist(THEMES)),
  /** `UTC`, `computer`, or a zone by its name or offset. */
  timeZone: v.optional(v.pipe(v.string(), v.maxLength(60))),
  /** The table's columns, order and filter as they were last; not which findings were named one by one. */
  layout: v.optional(ColumnLayout),
  sort: v.optional(FindingSort),
  filter: v.optional(v.omit(FindingsFilter, ['ids'])),
  /** Who decides, where it is not the user of the operating system. */
  author: v.optional(Author),
  /** Whether notes and history stand beside the user that is looked at. */
  notesShown: v.optional(v.boolean()),
  /** By name, which no two share. */
  views: v.optional(v.pipe(v.array(SavedView), v.maxLength(200))),
  /** How files are read, by name, which no two share. */
  readings: v.optional(v.pipe(v.array(SavedReading), v.maxLength(200))),
});
export type Preferences = v.InferOutput<typeof Preferences>;

export const preferenceMethods = {
  /** `notice`: the file could not be used, in words. */
  'preferences.read': {
    params: v.strictObject({}),
    result: v.object({ preferences: Preferences, notice: v.nullable(v.string()) }),
  },
  /** Keeps these in place of all that was kept; answers once they are on disk. Throws `not-saved`. */
  'preferences.write': { params: v.strictObject({ preferences: Preferences }), result: v.null() },
} as const;
