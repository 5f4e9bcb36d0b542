/** What lies in folders and archives: what was read of it, and what was not. */
import * as v from 'valibot';

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Why something in a folder or an archive is not read. */
export const LEFT_OUT_REASONS = [
  'folder',
  'system-file',
  'hidden',
  'empty',
  'no-log',
  'unknown-columns',
  'link',
  'not-a-file',
  'unreadable',
  'damaged',
  'encrypted',
  'packing',
  'no-length',
  'too-deep',
  'too-many',
] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

/** Nothing is lost when these are left out; of the others the analyst has to know. */
const ORDINARY: ReadonlySet<LeftOutReason> = new Set(['folder', 'system-file', 'hidden', 'empty', 'no-log']);

/** Whether nobody has to be told that such a thing was left out. */
export function isOrdinary(reason: LeftOutReason): boolean {
  return ORDINARY.has(reason);
}

const SYSTEM_FILES = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/** What macOS and Windows put beside the files of their users. */
export function isSystemFile(path: string): boolean {
  const steps = path.split('/');
  const last = steps.at(-1) ?? '';
  return steps.includes('__MACOSX') || last.startsWith('._') || SYSTEM_FILES.has(last);
}

export const LeftOutSummary = v.object({
  total: Count,
  /** The first 1,000 of them. */
  rows: v.array(
    v.object({
      name: v.string(),
      reason: v.picklist(LEFT_OUT_REASONS),
      /** The handle of what it came out of, where somebody can say what its columns are. */
      file: v.optional(v.string()),
    }),
  ),
});
export type LeftOutSummary = v.InferOutput<typeof LeftOutSummary>;

/** An archive of which entries were read as inputs. */
export const ArchiveSummary = v.object({
  name: v.string(),
  path: v.string(),
  /** Of the archive as it lies on disk; SHA-256 in lower-case hex. */
  bytes: Count,
  sha256: v.string(),
  /** Such as `zip` or `tar, gzip`. */
  format: v.string(),
  /** Entries that it has, whatever became of them. */
  entries: Count,
  /** Undefined when the archive is whole; else what is wrong with it. */
  incomplete: v.optional(v.string()),
});
export type ArchiveSummary = v.InferOutput<typeof ArchiveSummary>;

/** How far unpacking may go, so that a small file cannot fill the disk. */
export const Limits = v.strictObject({
  /** Past 1 GiB an archive may unpack to this many times its size. */
  maxExpansion: v.pipe(v.number(), v.minValue(1)),
  /** Bytes of disk that reading leaves free. */
  keepFreeBytes: Count,
});
export type Limits = v.InferOutput<typeof Limits>;

export const DEFAULT_LIMITS: Limits = { maxExpansion: 200, keepFreeBytes: 256 * 2 ** 20 };
