/** Values bound at once. */
const BATCH = 20_000;

/** A list in pieces that one statement can bind. */
export function* batches<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += BATCH) yield all.slice(at, at + BATCH);
}
