/** Of the words that there are, the one that was probably meant; undefined where none comes near. */
export function nearest(typed: string, words: readonly string[]): string | undefined {
  const most = Math.max(1, Math.floor(typed.length / 3));
  const ranked = words
    .map((word) => ({ word, distance: distance(typed.toLowerCase(), word) }))
    .filter((each) => each.distance <= most || (typed.length >= 2 && each.word.startsWith(typed)));
  return ranked.toSorted((a, b) => a.distance - b.distance)[0]?.word;
}

/** How many letters must be put in, left out, changed or swapped with their neighbour to make one of the other. */
function distance(from: string, to: string): number {
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const next = [row];
    for (let column = 1; column <= to.length; column++) {
      const changed = (last[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const swapped =
        from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
          ? (before[column - 2] ?? Infinity) + 1
          : Infinity;
      next.push(Math.min(changed, swapped, (last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    [before, last] = [last, next];
  }
  return last[to.length] ?? 0;
}

/** ` Did you mean --format?`, or nothing. */
export function didYouMean(typed: string, words: readonly string[]): string {
  const meant = nearest(typed, words);
  return meant === undefined ? '' : ` Did you mean ${meant}?`;
}
