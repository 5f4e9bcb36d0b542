import type { FindingState } from '../../shared/decisions';

const MOST = 200;

/** The tags that findings have, the most frequent first: to choose from. */
export function tagsInUse(decisions: ReadonlyMap<string, FindingState>): string[] {
  return byFrequency([...decisions.values()].flatMap(({ tags }) => tags));
}

/** Whoever findings are assigned to, the most frequent first, and `me` before them all. */
export function assigneesInUse(decisions: ReadonlyMap<string, FindingState>, me: string): string[] {
  const others = [...decisions.values()].flatMap(({ assignee }) => assignee ?? []);
  return [...new Set([me, ...byFrequency(others)])];
}

function byFrequency(entries: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const entry of entries) counts.set(entry, (counts.get(entry) ?? 0) + 1);
  return [...counts]
    .toSorted(([a, x], [b, y]) => y - x || a.localeCompare(b))
    .slice(0, MOST)
    .map(([entry]) => entry);
}
