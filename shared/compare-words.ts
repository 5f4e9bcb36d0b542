import type { RuleComparison } from './rules';

/** Whom the intended rule gains and loses against each of the published ones, in words, a sentence for each. */
export function gainedAndLost({ differences }: RuleComparison): string[] {
  const against = (name: string, by: 'published' | 'publishedInner'): string => {
    const gained = differences.filter((each) => each.intended && !each[by]).length;
    const lost = differences.filter((each) => !each.intended && each[by]).length;
    return `Against ${name}, the intended rule gains ${users(gained)} and loses ${users(lost)}.`;
  };
  return [against('the published rule', 'published'), against('that with kind=inner', 'publishedInner')];
}

function users(count: number): string {
  return count === 0 ? 'none' : `${count} ${count === 1 ? 'user' : 'users'}`;
}
