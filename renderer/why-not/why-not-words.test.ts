import { expect, test } from 'vitest';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import type { WhyNot } from '../../shared/why-not';
import { whyNotInWords } from './why-not-words';

const AT = Date.parse('2026-03-02T09:00:00Z');
const why = (part: Partial<WhyNot>): WhyNot => ({
  user: 'ann',
  DstUserName: 'Ann',
  reason: 'one-ip',
  records: 5,
  orphanCloses: 0,
  sessions: 3,
  openSessions: 0,
  segmentIps: 2,
  distinctIps: 2,
  nearest: { PreviousSrcIpAddr: 'A', previousEnd: AT, SrcIpAddr: 'B', start: AT + 40_000, sharedMs: 0 },
  ...part,
});

test('names the nearest that two source IPs came', () => {
  expect(whyNotInWords(why({ reason: 'apart' }), DEFAULT_PARAMETERS)).toEqual([
    'Ann was at 2 source IPs, but never at two at once. The nearest: at A until 2 Mar 2026 09:00:00 UTC, at B 40 s later.',
  ]);
});

test('says that touching is no overlap', () => {
  const nearest = { PreviousSrcIpAddr: 'A', previousEnd: AT, SrcIpAddr: 'B', start: AT, sharedMs: 0 };
  expect(whyNotInWords(why({ reason: 'touching', nearest }), DEFAULT_PARAMETERS)[0]).toContain(
    'B began at the moment when A ended, 2 Mar 2026 09:00:00 UTC. Touching is no overlap.',
  );
});

test('says what the settings have hidden', () => {
  const short = whyNotInWords(
    why({
      reason: 'too-short',
      nearest: { PreviousSrcIpAddr: 'A', previousEnd: AT, SrcIpAddr: 'B', start: AT, sharedMs: 5000 },
    }),
    { ...DEFAULT_PARAMETERS, minOverlapMs: 60_000 },
  );
  expect(short[0]).toContain('at once for 5 s from 2 Mar 2026 09:00:00 UTC, which is shorter than');
  expect(short[0]).toContain('1 min');
  const open = whyNotInWords(why({ openSessions: 1, orphanCloses: 2 }), DEFAULT_PARAMETERS);
  expect(open).toHaveLength(3);
  expect(open[1]).toContain('Of 3 sessions, 1 without a close record ends when last seen');
  expect(open[2]).toContain('2 close records do not say');
});

test('a flagged user needs no excuse', () => {
  const nearest = { PreviousSrcIpAddr: 'A', previousEnd: AT, SrcIpAddr: 'B', start: AT, sharedMs: 5000 };
  const flagged = why({ reason: 'flagged', openSessions: 2, nearest });
  expect(whyNotInWords(flagged, DEFAULT_PARAMETERS)).toEqual([
    'Ann is flagged: at A and B at once for 5 s from 2 Mar 2026 09:00:00 UTC.',
  ]);
});
