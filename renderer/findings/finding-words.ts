import type { Params } from '../../shared/contract';
import { countOf, formatCount } from '../format-number';

export type FindingSort = NonNullable<Params<'findings.page'>['sort']>;

/** How many rows the table has, said so that nobody takes a filtered number for all: `3 of 5 flagged users`. */
export function countInWords(shown: number, findings: number, users: number, filtered: boolean): string {
  const all = countOf(findings, 'flagged user');
  const of = ` of ${formatCount(users)}`;
  if (!filtered) return all + of;
  return `${formatCount(shown)} of ${all}`;
}
