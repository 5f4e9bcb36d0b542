import { countOf } from '../format-number';
import type { SharedIp } from './combined';

/** What the compared users have in common, in one sentence; the first of `ips` is the one of most users. */
export function sharedWords(ips: readonly SharedIp[], users: number): string {
  if (users < 2) return 'Add a user to compare with.';
  const shared = ips.filter((each) => each.users.length > 1);
  const [most] = shared;
  if (!most) return 'No two of them were at the same source IP.';
  const who = most.users.length === users ? `All ${users}` : `${most.users.length} of them`;
  const more = shared.length - 1;
  return `${who} were at ${most.ip}${more === 0 ? '' : `; ${countOf(more, 'more source IP')} of two or more of them`}.`;
}
