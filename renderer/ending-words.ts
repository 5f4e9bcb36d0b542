import type { Segment } from '../shared/domain';
import { spellDuration } from '../shared/time';
import { ENDING_WORDS } from '../shared/words';
import { formatTime, wholeSecond } from './format-time';

/** How the end of a segment is known; of an assumed one also when it was last seen, and how long before. */
export function endingWords({ ending, end, lastSeen }: Pick<Segment, 'ending' | 'end' | 'lastSeen'>): string {
  const words = ENDING_WORDS[ending];
  if (ending !== 'log-end' || lastSeen >= end) return words;
  return `${words}; last seen ${formatTime(wholeSecond(lastSeen))}, ${spellDuration(end - lastSeen)} before`;
}
