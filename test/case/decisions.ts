/** Made-up decisions, the same for the same number, so that what a case gives back can be compared byte for byte. */
import type { Case } from '../../engine/case/case';
import { STATUSES, VERDICTS } from '../../shared/decisions';
import type { Change } from '../../shared/decisions';

export function findingsOf(n: number): string[] {
  const first = `finding ${n % 97}`;
  return n % 7 === 0 ? [first, `finding ${(n + 1) % 97}`, `finding ${(n + 2) % 97}`] : [first];
}

export function changeOf(n: number): Change {
  return {
    status: STATUSES[n % 3] ?? 'new',
    verdict: VERDICTS[n % 5] ?? null,
    addTags: [`tag ${n % 5}`, '__proto__'],
    note: { text: `${n} "quoted", comma, \u202e \ud800 \0 line\r\nline ${'x'.repeat((n * 37) % 700)}` },
  };
}

export const draftOf = (n: number): string => `half-typed ${n}`;

/** Which of the made-up decisions a case holds, and what is wrong with them. */
export function takeStock(store: Case): { held: Set<number>; wrong: string[]; last: number } {
  const seen = new Map<number, string[]>();
  const wrong: string[] = [];
  const { total } = store.activity(undefined, 0, 1);
  for (let offset = 0; offset < total; offset += 1000) {
    for (const { finding, set } of store.activity(undefined, offset, 1000).rows) {
      const n = Number.parseInt(set.note?.text ?? '', 10);
      seen.set(n, [...(seen.get(n) ?? []), finding]);
      const plain = { ...set, note: { text: set.note?.text } };
      if (JSON.stringify(plain) !== JSON.stringify(changeOf(n))) wrong.push(`decision ${n} is not as it was made`);
    }
  }
  for (const [n, findings] of seen) {
    if (findings.toSorted().join() !== findingsOf(n).toSorted().join())
      wrong.push(`decision ${n} is on ${findings.join()}`);
  }
  return { held: new Set(seen.keys()), wrong, last: Math.max(0, ...seen.keys()) };
}

/** What was acknowledged and is not there. */
export function lost(acknowledged: Iterable<number>, held: Set<number>): number[] {
  return [...acknowledged].filter((n) => !held.has(n));
}
