/** The cache of a case: the log that was read last, so that opening it again is a matter of a second. Deleting it loses nothing. */
import * as v from 'valibot';

const Ms = v.pipe(v.number(), v.safeInteger());

/** Why a log was read although the case has a cache of it. */
const CACHE_MISSES = ['damaged', 'other-version', 'changed', 'other-choices', 'no-room', 'failed'] as const;
export const CacheMiss = v.object({
  why: v.picklist(CACHE_MISSES),
  /** Which file has changed. */
  file: v.optional(v.string()),
});
export type CacheMiss = v.InferOutput<typeof CacheMiss>;

/** Where an open log comes from: out of the cache of a case, with the time at which its files were read, or not, and why not. */
export const CacheUse = v.object({ readAt: v.nullable(Ms), miss: v.optional(CacheMiss) });
export type CacheUse = v.InferOutput<typeof CacheUse>;

/** What came of the work in the background. */
export const CacheNews = v.variant('is', [
  /** There is nothing to say: no case, or a log that is read in less than a second. */
  v.object({ is: v.literal('nothing') }),
  /** The log is in the cache now. */
  v.object({ is: v.literal('kept'), bytes: v.number() }),
  /** It is not, and why, in words. */
  v.object({ is: v.literal('not-kept'), why: v.string() }),
  /** It came out of the cache, and by their SHA-256 the files are what they were. */
  v.object({ is: v.literal('same') }),
  /** It came out of the cache, and these files are not what they were. */
  v.object({ is: v.literal('other'), files: v.array(v.string()) }),
]);
export type CacheNews = v.InferOutput<typeof CacheNews>;

export const cacheMethods = {
  /** What came of keeping the open log in the case's cache, or of looking at the files of one that came out of it; answered once that has ended. */
  'log.cache': { params: v.strictObject({}), result: CacheNews },
};

/** Goes on after "because the cache of this case"; the file follows where one is named. */
export const CACHE_MISS_WORDS: Record<(typeof CACHE_MISSES)[number], string> = {
  damaged: 'is damaged',
  'other-version': 'was written by another version of Doppel, or on another computer',
  changed: 'is older than',
  'other-choices': 'was made with other choices of how to read them',
  'no-room': 'does not fit on the disk for temporary files',
  failed: 'made the engine fail, and is not used again',
};
