import type { ReactNode } from 'react';
import type { InputSummary } from '../../shared/domain';
import { manifestText } from '../../shared/manifest';
import type { Run, Shown } from '../../shared/manifest';
import { spellDuration } from '../../shared/time';
import { OPEN_SESSIONS_WORDS, STARTING_WORDS } from '../../shared/words';
import { Value } from '../Value';
import { endingWords } from '../ending-words';
import { conditionsOf } from '../findings/filter-store';
import { conditionInWords } from '../findings/filter-words';
import { countOf, formatBytes, formatCount } from '../format-number';
import { formatTime, wholeSecond } from '../format-time';
import { zoneName } from '../time-zone/zone';
import { setAsideOf } from '../import/import-words';
import { Sentence } from '../user/WhyFlagged';
import { whyFlagged } from '../user/why-flagged';
import type { ReportFinding } from './gather';

/** What a report is about, and what it says of itself. */
export interface ReportAbout {
  run: Run;
  shown: Shown & { rows: number };
  /** When the report was made, epoch ms. */
  at: number;
}

/** What the report is about and what it rests on. */
export function ReportIntro({ run: { info, detection }, shown, at }: ReportAbout) {
  const { filter = {} } = shown.query ?? {};
  const conditions = conditionsOf(filter).map((condition) => conditionInWords(filter, condition));
  return (
    <>
      <h1>Accounts present at two source IPs at once</h1>
      <p>
        {countOf(shown.rows, 'flagged user')} of {formatCount(detection.findings)} in this log. All times are in{' '}
        {zoneName()}. Made {formatTime(wholeSecond(at))} by <Value text={info.user} /> with Doppel {info.version} (
        {info.engine}).
      </p>
      {shown.isPseudonymised && (
        <p>
          Names of users, source IPs, sessions, files and analysts are pseudonyms; notes, tags, warnings and the filter
          are left out.
        </p>
      )}
      {conditions.length > 0 && (
        <p>
          Only those that the filter lets through: <Value text={conditions.join('; ')} />.
        </p>
      )}
    </>
  );
}

/** Why one user is flagged and what has been decided; the picture follows it. */
export function FindingHead({ finding, decided, timeline, isHidden = false }: ReportFinding) {
  const reason = whyFlagged(timeline);
  return (
    <>
      <h2>
        <Value text={finding.DstUserName} />
      </h2>
      <p>{reason && <Sentence finding={finding} reason={reason} />}</p>
      {decided ? (
        <dl>
          <dt>Status</dt>
          <dd>{decided.status}</dd>
          <dt>Verdict</dt>
          <dd>{decided.verdict ?? 'none yet'}</dd>
          <dt>Assignee</dt>
          <dd>
            <Value text={decided.assignee ?? 'nobody'} />
          </dd>
          {!isHidden && (
            <>
              <dt>Tags</dt>
              <dd>
                <Value text={decided.tags.join(', ') || 'none'} />
              </dd>
            </>
          )}
          {decided.notes.map((note) => (
            <Note key={note.id} text={note.text} by={note.author} at={note.ts} />
          ))}
        </dl>
      ) : (
        <p>Nothing has been decided about this finding.</p>
      )}
    </>
  );
}

/** The same as in the picture, and more, as tables. */
export function FindingTables({ overlaps, segments }: ReportFinding) {
  return (
    <>
      <Table caption={`Overlaps${outOf(overlaps)}`} heads={['Start', 'End', 'Length', 'There first', 'Joined by']}>
        {overlaps.rows.map((row) => (
          <tr key={row.id}>
            <td>{formatTime(row.overlapStart)}</td>
            <td>{formatTime(row.overlapEnd)}</td>
            <td>{spellDuration(1000 * row.overlapSeconds)}</td>
            <td>
              <Value text={row.PreviousSrcIpAddr} />
            </td>
            <td>
              <Value text={row.SrcIpAddr} />
            </td>
          </tr>
        ))}
      </Table>
      <Table
        caption={`Segments${outOf(segments)}`}
        heads={['Start', 'End', 'Source IP', 'Session', 'How the start is known', 'How the end is known', 'Records']}
      >
        {segments.rows.map((row) => (
          <tr key={`${row.sessionId} ${row.SrcIpAddr} ${row.start}`}>
            <td>{formatTime(row.start)}</td>
            <td>{formatTime(row.end)}</td>
            <td>
              <Value text={row.SrcIpAddr} />
            </td>
            <td>
              <Value text={row.sessionId} />
            </td>
            <td>{STARTING_WORDS[row.starting]}</td>
            <td>{endingWords(row)}</td>
            <td>{formatCount(row.records)}</td>
          </tr>
        ))}
      </Table>
    </>
  );
}

/** What the report rests on: for people, and below it for a program. */
export function ReportEnd({ run, shown, at, file }: ReportAbout & { file: string }) {
  const { log, detection } = run;
  const { parameters } = detection;
  return (
    <section className="end">
      <h2>What this rests on</h2>
      <Table heads={['File', 'SHA-256', 'Size', 'Records', 'Events', 'Set aside', 'Rejected', 'Complete']}>
        {log.inputs.map((input) => (
          <InputRow key={`${input.path} ${input.sha256}`} input={input} />
        ))}
      </Table>
      <p>
        Settings: sessions without a close record {OPEN_SESSIONS_WORDS[parameters.openSessions]}; idle gap{' '}
        {spellDuration(parameters.idleGapMs)}; shortest overlap {spellDuration(parameters.minOverlapMs)}
        {parameters.fromMs !== null && `; from ${formatTime(parameters.fromMs)}`}
        {parameters.toMs !== null && `; to ${formatTime(parameters.toMs)}`}.
      </p>
      <details>
        <summary>The same for a program (doppel.manifest/1)</summary>
        <pre>{escaped(manifestText(run, shown, { name: file }, at))}</pre>
      </details>
    </section>
  );
}

function Note({ text, by, at }: { text: string; by: string; at: number }) {
  return (
    <>
      <dt>Note</dt>
      <dd>
        <Value text={text} />{' '}
        <small>
          (<Value text={by} />, {formatTime(at)})
        </small>
      </dd>
    </>
  );
}

function InputRow({ input }: { input: InputSummary }) {
  return (
    <tr>
      <td>
        <Value text={input.name} />
      </td>
      <td>
        <code>{input.sha256}</code>
      </td>
      <td>{formatBytes(input.bytes)}</td>
      <td>{formatCount(input.records)}</td>
      <td>{formatCount(input.events)}</td>
      <td>{formatCount(setAsideOf(input))}</td>
      <td>{formatCount(input.rejected)}</td>
      <td>{input.incomplete === undefined ? 'yes' : <Value text={`no: ${input.incomplete}`} />}</td>
    </tr>
  );
}

function Table({ caption, heads, children }: { caption?: string; heads: readonly string[]; children: ReactNode }) {
  return (
    <table>
      {caption !== undefined && <caption>{caption}</caption>}
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

function outOf({ total, rows }: { total: number; rows: readonly unknown[] }): string {
  return rows.length < total
    ? ` (the first ${formatCount(rows.length)} of ${formatCount(total)})`
    : ` (${formatCount(total)})`;
}

/** JSON text of which no character is invisible or turns the direction of others; it reads back as the same. */
function escaped(json: string): string {
  return json.replace(/\p{Cf}/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}
