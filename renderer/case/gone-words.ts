import type { GoneReason, Subject } from '../../shared/decisions';
import { formatCount } from '../format-number';

/** The command that lists them. */
export const GONE_COMMAND = 'Decisions without a finding in this run';

/** Why a finding that was decided about is not among the findings. */
export const GONE_WORDS: Record<GoneReason, string> = {
  'not-flagged': 'not found with the present parameters',
  'not-in-log': 'the open log has no record of this user',
  'user-unknown': 'not found; the case does not say which user it was',
};

/** The source IPs of a finding, as far as the case keeps them. */
export function ipsInWords({ ips, distinctIps }: Subject): string {
  const more = distinctIps - ips.length;
  return `${ips.join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}`;
}
