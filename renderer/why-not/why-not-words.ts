import type { Parameters } from '../../shared/domain';
import { spellDuration } from '../../shared/time';
import type { WhyNot } from '../../shared/why-not';
import { countOf } from '../format-number';
import { formatTime } from '../format-time';

/** Why the rule, run with `parameters`, did not flag this user: the condition that decided it, then what may have hidden more. */
export function whyNotInWords(why: WhyNot, parameters: Parameters): string[] {
  return [decided(why, parameters), ...hidden(why, parameters)];
}

function decided(why: WhyNot, { fromMs, toMs, minOverlapMs }: Parameters): string {
  const { DstUserName: name, nearest } = why;
  const places = countOf(why.distinctIps, 'source IP');
  switch (why.reason) {
    case 'flagged':
      return nearest && nearest.sharedMs > 0
        ? `${name} is flagged: at ${nearest.PreviousSrcIpAddr} and ${nearest.SrcIpAddr} at once for ` +
            `${spellDuration(nearest.sharedMs)} from ${formatTime(nearest.start)}.`
        : `${name} is flagged.`;
    case 'no-presence':
      return `No record proves that ${name} was present anywhere.`;
    case 'one-ip':
      return `${name} was at one source IP only.`;
    case 'outside-period': {
      const from = fromMs === null ? '' : ` from ${formatTime(fromMs)}`;
      const to = toMs === null ? '' : ` to ${formatTime(toMs)}`;
      const left = why.distinctIps === 0 ? 'at none of them' : 'at one of them only';
      return `${name} was at ${countOf(why.segmentIps, 'source IP')}, but ${left} in the period that is looked at:${from}${to}.`;
    }
    case 'apart':
      return nearest
        ? `${name} was at ${places}, but never at two at once. The nearest: at ${nearest.PreviousSrcIpAddr} until ` +
            `${formatTime(nearest.previousEnd)}, at ${nearest.SrcIpAddr} ${spellDuration(nearest.start - nearest.previousEnd)} later.`
        : `${name} was at ${places}, but never at two at once.`;
    case 'touching':
      return nearest
        ? `${name} was at ${places}, but never at two at once. The nearest: ${nearest.SrcIpAddr} began at the moment when ` +
            `${nearest.PreviousSrcIpAddr} ended, ${formatTime(nearest.start)}. Touching is no overlap.`
        : `${name} was at ${places}, which only touch.`;
    case 'too-short':
      return nearest
        ? `${name} was at ${nearest.PreviousSrcIpAddr} and ${nearest.SrcIpAddr} at once for ${spellDuration(nearest.sharedMs)} ` +
            `from ${formatTime(nearest.start)}, which is shorter than the shortest overlap that counts: ${spellDuration(minOverlapMs)}.`
        : `${name} was at two source IPs at once, but for less than ${spellDuration(minOverlapMs)}.`;
  }
}

function hidden({ openSessions, sessions, orphanCloses, reason }: WhyNot, parameters: Parameters): string[] {
  if (reason === 'flagged') return [];
  const words: string[] = [];
  if (openSessions > 0 && parameters.openSessions !== 'log-end') {
    words.push(
      `Of ${countOf(sessions, 'session')}, ${openSessions} without a close record ` +
        (parameters.openSessions === 'ignore'
          ? `${openSessions === 1 ? 'is' : 'are'} left out. The detection settings can count them.`
          : `${openSessions === 1 ? 'ends' : 'end'} when last seen. The detection settings can let them last to the end of the log.`),
    );
  }
  if (orphanCloses > 0) {
    words.push(
      `${countOf(orphanCloses, 'close record')} ${orphanCloses === 1 ? 'does' : 'do'} not say when the connection began, and alone prove no presence.`,
    );
  }
  return words;
}
