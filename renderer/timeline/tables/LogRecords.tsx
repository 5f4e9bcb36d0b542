import { useEffect, useState } from 'react';
import type { EvidenceOf, EvidenceRecord } from '../../../shared/evidence';
import { isCancelled } from '../../../shared/errors';
import type { Client } from '../../../shared/rpc';
import { isoTime } from '../../../shared/time';
import { visibleText } from '../../../shared/visible-text';
import { RAW_PROBLEM_WORDS, recordPlace } from '../../../shared/words';
import { CopyButton } from '../../CopyButton';
import { COPIED_MOST, textOfAll, textWords } from './record-texts';
import { ProblemWords } from '../../ProblemWords';
import { Value } from '../../Value';
import { formatCount } from '../../format-number';
import { formatTime } from '../../format-time';
import { problemOf } from '../../problem';
import type { Problem } from '../../problem';
import { useUnderCursor } from '../cursor';
import type { Cursor } from '../cursor';
import css from './LogRecords.module.css';

const PAGE = 50;

interface Props {
  client: Client;
  of: EvidenceOf;
  /** What the records are behind, in words: "this overlap". */
  behind: string;
  /** The records that it is at are marked; those that are pointed at move it. */
  cursor: Cursor | undefined;
}
interface Read {
  total: number;
  rows: EvidenceRecord[];
}

/** The records behind a segment, an overlap or a user, as they stand in the log. */
export function LogRecords({ client, of, behind, cursor }: Props) {
  const [read, setRead] = useState<Read>();
  const [problem, setProblem] = useState<Problem>();
  const [wanted, setWanted] = useState(PAGE);
  const offset = read?.rows.length ?? 0;
  const isShort = read === undefined || offset < Math.min(wanted, read.total);

  useEffect(() => {
    if (!isShort) return;
    const stop = new AbortController();
    client.call('evidence.page', { of, offset, limit: PAGE }, { signal: stop.signal }).then(
      ({ total, rows }) => setRead((before) => ({ total, rows: [...(before?.rows ?? []), ...rows] })),
      (error: unknown) => {
        if (!isCancelled(error)) setProblem(problemOf(error));
      },
    );
    return () => stop.abort();
  }, [client, of, offset, isShort]);

  const under = useUnderCursor(
    cursor,
    (read?.rows ?? []).map(
      ({ time }) =>
        (at: number) =>
          at === time,
    ),
  );

  if (problem) {
    return (
      <div role="alert" className={css.note}>
        <ProblemWords problem={problem} />
      </div>
    );
  }
  if (!read) return <output className={css.note}>Reading the log records of {behind}…</output>;
  const copied = Math.min(read.total, COPIED_MOST);
  const isMany = copied < read.total;
  if (read.total === 0) return <p className={css.note}>No log record stands behind {behind}.</p>;
  return (
    <div className={css.records}>
      <div className={css.head}>
        <span>
          {formatCount(read.total)} log {read.total === 1 ? 'record' : 'records'} of {behind}, {textWords(read.rows)},
          by time
        </span>
        {read.total > 1 && (
          <CopyButton
            text={() => textOfAll(client, of)}
            what={`${isMany ? 'the first' : 'all'} ${formatCount(copied)}`}
          />
        )}
        {isMany && <span className={css.more}>Export writes all of them to a file.</span>}
      </div>
      <ol aria-label={`Log records of ${behind}`}>
        {read.rows.map((row, index) => (
          // the list only grows at its end
          // oxlint-disable-next-line react/no-array-index-key
          // what a record is about is shown on the timeline; nothing depends on it
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
          <li
            key={index}
            data-at-cursor={under.has(index) || undefined}
            onPointerEnter={() => cursor?.set(row.time)}
            onFocus={() => cursor?.set(row.time)}
          >
            <LogRecord row={row} />
          </li>
        ))}
      </ol>
      {read.rows.length < read.total && (
        <button type="button" disabled={isShort} onClick={() => setWanted(read.rows.length + PAGE)}>
          {isShort ? 'Reading…' : `Show more (${formatCount(read.total - read.rows.length)} left)`}
        </button>
      )}
    </div>
  );
}

function LogRecord({ row }: { row: EvidenceRecord }) {
  const { file, offset, raw, isCut, problem, time, action, SrcIpAddr } = row;
  return (
    <>
      <div className={css.head}>
        <span>
          <strong>
            <Value text={file} />, {recordPlace(row)}
          </strong>
          {offset !== null && ` (byte ${formatCount(offset)})`} ·{' '}
          <time dateTime={isoTime(time)}>{formatTime(time)}</time> · {action} · <Value text={SrcIpAddr} />
        </span>
        {raw !== null && <CopyButton text={raw} what="" label={`Copy the record of ${recordPlace(row)}`} />}
      </div>
      {problem !== null && <p className={css.problem}>{RAW_PROBLEM_WORDS[problem]}</p>}
      {raw !== null && <pre>{raw.split('\n').map(visibleText).join('\n')}</pre>}
      {isCut && <p className={css.problem}>The record is longer than 64 kB: the rest of it is not shown.</p>}
    </>
  );
}
