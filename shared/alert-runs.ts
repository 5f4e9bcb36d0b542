import type { Replay } from './rules';

/** The runs of a replay that raise an alert, each with how many of its users an alert before it was about. */
export function alertRuns(runs: Replay['runs']): (Replay['runs'][number] & { again: number })[] {
  const known = new Set<string>();
  return runs
    .filter(({ alert }) => alert)
    .map((run) => {
      const again = run.users.filter((user) => known.has(user)).length;
      for (const user of run.users) known.add(user);
      return { ...run, again };
    });
}
