import type { ReactNode } from 'react';
import type { InputSummary, LogSummary } from '../../shared/domain';
import { isoTime, spellDuration } from '../../shared/time';
import { OPEN_SESSIONS_WORDS, STARTING_WORDS } from '../../shared/words';
import { Value } from '../Value';
import { endingWords } from '../ending-words';
import { countOf, formatBytes, formatCount } from '../format-number';
import { formatTime, wholeSecond } from '../format-time';
import { setAsideOf } from '../import/import-words';
import { TimelineModel } from '../timeline/model';
import { timelineSvg } from '../timeline/picture';
import { Sentence } from '../user/WhyFlagged';
import { whyFlagged } from '../user/why-flagged';
import type { ReportContent, ReportFinding } from './gather';
import { PRINT_PALETTE, PRINT_STYLE } from './print-style';

/** A report on findings, as the body of a page that needs nothing else: to print, to attach to a ticket, to archive. */
export function Report({ content }: { content: ReportContent }) {
  const { findings, detection, log, version, engine, madeAt } = content;
  const { parameters } = detection;
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta
          httpEquiv="Content-Security-Policy"
          content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"
        />
        <title>{`Doppel report: ${countOf(findings.length, 'flagged user')}`}</title>
        <style>{PRINT_STYLE}</style>
      </head>
      <body>
        <h1>Accounts present at two source IPs at once</h1>
        <p>
          {countOf(findings.length, 'flagged user')} of {formatCount(detection.findings)} in this log. All times are in
          UTC. Made {formatTime(wholeSecond(madeAt))} by Doppel {version} ({engine}).
        </p>
        {findings.map((each) => (
          <FindingPart key={each.finding.id} {...each} gaps={log.coverageGaps} />
        ))}
        <h2>What this rests on</h2>
        <Table heads={['File', 'SHA-256', 'Size', 'Records', 'Events', 'Set aside', 'Rejected', 'Complete']}>
          {log.inputs.map((input) => (
            <InputRow key={`${input.path} ${input.sha256}`} input={input} />
          ))}
        </Table>
        <p>
          Settings: sessions without a close record {OPEN_SESSIONS_WORDS[parameters.openSessions]}; idle gap{' '}
          {spellDuration(parameters.idleGapMs)}; shortest overlap {spellDuration(parameters.minOverlapMs)}
          {parameters.fromMs !== null && `; from ${isoTime(parameters.fromMs)}`}
          {parameters.toMs !== null && `; to ${isoTime(parameters.toMs)}`}.
        </p>
      </body>
    </html>
  );
}

function FindingPart({
  finding,
  decided,
  timeline,
  overlaps,
  segments,
  gaps,
}: ReportFinding & { gaps: LogSummary['coverageGaps'] }) {
  const reason = whyFlagged(timeline);
  const model = new TimelineModel(timeline, gaps);
  const svg = timelineSvg({ model, window: model.limits, user: finding.DstUserName, palette: PRINT_PALETTE });
  return (
    <section>
      <h2>
        <Value text={finding.DstUserName} />
      </h2>
      <p>{reason && <Sentence finding={finding} reason={reason} />}</p>
      {decided && (
        <dl>
          <dt>Status</dt>
          <dd>{decided.status}</dd>
          <dt>Verdict</dt>
          <dd>{decided.verdict ?? 'none yet'}</dd>
          <dt>Assignee</dt>
          <dd>
            <Value text={decided.assignee ?? 'nobody'} />
          </dd>
          <dt>Tags</dt>
          <dd>
            <Value text={decided.tags.join(', ') || 'none'} />
          </dd>
          {decided.notes.map((note) => (
            <Note key={note.id} text={note.text} by={note.author} at={note.ts} />
          ))}
        </dl>
      )}
      <img alt={`Timeline of the sessions; the tables below hold the same`} src={dataUrl(svg)} />
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

/** A picture inside an image element runs no script, whatever a log value may hold. */
function dataUrl(svg: string): string {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}
