/** A line of one text or of both; `before` and `after` are its numbers there, from 1. */
export interface DiffLine {
  kind: 'same' | 'removed' | 'added';
  before: number | null;
  after: number | null;
  text: string;
}

/** More pairs of lines than this are not compared one by one: a rule has some hundred lines. */
const MOST_PAIRS = 4_000_000;

/**
 * What makes one text into another, line by line: as few lines as can be are removed and added (their longest common
 * subsequence stays), what is removed before what is added in its place.
 */
export function lineDiff(before: string, after: string): DiffLine[] {
  const [old, now] = [before, after].map((text) => text.replace(/\n$/u, '').split(/\r?\n/u)) as [string[], string[]];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let [oldEnd, nowEnd] = [old.length, now.length];
  while (oldEnd > start && nowEnd > start && old[oldEnd - 1] === now[nowEnd - 1]) {
    oldEnd -= 1;
    nowEnd -= 1;
  }
  const keeps = common(old.slice(start, oldEnd), now.slice(start, nowEnd));
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  const upTo = (oldAt: number, nowAt: number): void => {
    for (; i < oldAt; i++) lines.push({ kind: 'removed', before: i + 1, after: null, text: old[i] ?? '' });
    for (; j < nowAt; j++) lines.push({ kind: 'added', before: null, after: j + 1, text: now[j] ?? '' });
  };
  const keep = (oldAt: number, nowAt: number): void => {
    upTo(oldAt, nowAt);
    lines.push({ kind: 'same', before: ++i, after: ++j, text: old[oldAt] ?? '' });
  };
  for (let at = 0; at < start; at++) keep(at, at);
  for (const [oldAt, nowAt] of keeps) keep(start + oldAt, start + nowAt);
  for (let at = 0; oldEnd + at < old.length; at++) keep(oldEnd + at, nowEnd + at);
  upTo(old.length, now.length);
  return lines;
}

/** Which lines of both stay: pairs of places, ascending. */
function common(old: readonly string[], now: readonly string[]): [number, number][] {
  if (old.length * now.length > MOST_PAIRS) return [];
  const width = now.length + 1;
  /** How many lines stay of what begins at these places. */
  const stay = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number): number => stay[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      stay[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let [i, j] = [0, 0]; i < old.length && j < now.length;) {
    if (old[i] === now[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
}

/** A stretch of lines that is shown, or of how many it is said that they are the same. */
export type Stretch = { kind: 'lines'; lines: DiffLine[] } | { kind: 'same'; lines: number };

/** The lines with what is around each change, and what lies between as one stretch. */
export function stretchesOf(lines: readonly DiffLine[], around = 3): Stretch[] {
  const near = (index: number): boolean =>
    lines.slice(Math.max(0, index - around), index + around + 1).some(({ kind }) => kind !== 'same');
  const stretches: Stretch[] = [];
  for (const [index, line] of lines.entries()) {
    const last = stretches.at(-1);
    if (near(index)) {
      if (last?.kind === 'lines') last.lines.push(line);
      else stretches.push({ kind: 'lines', lines: [line] });
    } else if (last?.kind === 'same') last.lines += 1;
    else stretches.push({ kind: 'same', lines: 1 });
  }
  return stretches;
}
