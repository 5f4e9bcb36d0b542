import { diffArrays } from 'diff';

/** A line of one text or of both; `before` and `after` are its numbers there, from 1. */
export interface DiffLine {
  kind: 'same' | 'removed' | 'added';
  before: number | null;
  after: number | null;
  text: string;
}

/**
 * What makes one text into another, line by line: as few lines as can be are removed and added, what is removed before what
 * is added in its place.
 */
export function lineDiff(before: string, after: string): DiffLine[] {
  let [old, now] = [0, 0];
  return diffArrays(linesOf(before), linesOf(after)).flatMap(({ added, removed, value }) =>
    value.map((text): DiffLine => {
      if (removed) return { kind: 'removed', before: ++old, after: null, text };
      if (added) return { kind: 'added', before: null, after: ++now, text };
      return { kind: 'same', before: ++old, after: ++now, text };
    }),
  );
}

function linesOf(text: string): string[] {
  return text.replace(/\n$/u, '').split(/\r?\n/u);
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
