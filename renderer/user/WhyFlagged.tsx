import { use, useEffect, useState } from 'react';
import type { Finding } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import { spellDuration } from '../../shared/time';
import { Value } from '../Value';
import { countOf, formatCount } from '../format-number';
import { formatSpan, formatTime, wholeSecond } from '../format-time';
import { OpenLogContext } from '../open-log';
import css from './WhyFlagged.module.css';
import { timelineOf } from './timeline-of';
import { whyFlagged } from './why-flagged';
import type { Place, Reason } from './why-flagged';

/** Why this user is flagged, in plain sentences with the values: the longest overlap, then all of them. */
export function WhyFlagged({ client, finding }: { client: Client; finding: Finding }) {
  const { run } = use(OpenLogContext);
  const [reason, setReason] = useState<Reason>();
  useEffect(() => {
    let current = true;
    timelineOf(client, finding.user, run).then(
      (timeline) => {
        if (current) setReason(whyFlagged(timeline));
      },
      () => undefined, // the timeline below tells of a failure
    );
    return () => {
      current = false;
    };
  }, [client, finding, run]);
  return (
    <p className={css.why} data-waiting={reason === undefined}>
      <Sentence finding={finding} reason={reason ?? roomFor(finding)} />
    </p>
  );
}

/** A reason as long as the one that is on its way: unseen, it keeps the room for it. */
function roomFor({ firstOverlap, lastOverlap, overlapCount }: Finding): Reason {
  const place = { ip: '255.255.255.255', countries: ['AA'] };
  return {
    previous: place,
    place,
    start: firstOverlap,
    end: Math.max(lastOverlap, firstOverlap + 1),
    listed: overlapCount,
  };
}

/** The reason in one sentence with its values, and how much more there is. */
export function Sentence({
  finding,
  reason: { previous, place, start, end, listed },
}: {
  finding: Finding;
  reason: Reason;
}) {
  const length = end - start;
  return (
    <>
      <Value text={finding.DstUserName} /> was at <PlaceName place={previous} /> and <PlaceName place={place} />{' '}
      {length > 0 ? (
        <>
          at once for <strong>{spellDuration(length)}</strong>, {spanInWords(start, end)}.
        </>
      ) : (
        <>at the same instant, {formatTime(wholeSecond(start))}.</>
      )}
      {finding.overlapCount > 1 && finding.overlapSeconds === 0 && (
        <> That is the first of {countOf(finding.overlapCount, 'overlap')}, each of a single instant.</>
      )}
      {finding.overlapCount > 1 && finding.overlapSeconds > 0 && (
        <>
          {' '}
          That is the longest of {listed < finding.overlapCount && `the first ${formatCount(listed)} of `}
          {countOf(finding.overlapCount, 'overlap')}; together they last {spellDuration(1000 * finding.overlapSeconds)},
          the first from {formatTime(wholeSecond(finding.firstOverlap))}.
        </>
      )}
    </>
  );
}

/** Whole seconds are read at a glance; what begins and ends in the same one needs its milliseconds. */
function spanInWords(start: number, end: number): string {
  const [from, to] = [wholeSecond(start), wholeSecond(end)];
  return from === to ? formatSpan(start, end) : formatSpan(from, to);
}

function PlaceName({ place }: { place: Place }) {
  return (
    <>
      <strong>
        <Value text={place.ip} />
      </strong>
      {place.countries.length > 0 && (
        <>
          {' '}
          (<Value text={place.countries.join(', ')} />)
        </>
      )}
    </>
  );
}
