import { countOf, formatCount } from '../format-number';

/** `a, b, c and 4 more`; nothing for none. */
export function listWords(named: readonly string[], count: number): string {
  const more = count > named.length ? ` and ${formatCount(count - named.length)} more` : '';
  return `${named.join(', ')}${more}`;
}

/** How many users were at the shared IP that fewest were at: shared by two says more than shared by an office. */
export function usersWords(users: number): string {
  if (users === 0) return '';
  return users <= 2 ? 'only these two' : `${countOf(users, 'user')} in all`;
}
