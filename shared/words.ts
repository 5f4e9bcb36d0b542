import type { Step } from './contract';
import type { RawProblem } from './evidence';
import type { LeftOutReason } from './sources';
import type { Ending, OpenSessions, RejectReason, SetAsideClass, Starting } from './domain';

/** The plain words for every code that a person may see. One place, so that UI, CLI and docs say the same. */
export const SET_ASIDE_WORDS: Record<SetAsideClass, string> = {
  'blank-line': 'blank line',
  'connector-status': 'App Connector or Service Edge status',
  audit: 'admin audit record',
  'other-log-type': 'another log type',
  'query-row': 'preview, message or replaced row of a query',
  'no-user': 'no user name',
  'no-source-ip': 'no source IP',
  'auth-failed': 'authentication failed',
  'unknown-action': 'unknown action',
};

export const RAW_PROBLEM_WORDS: Record<RawProblem, string> = {
  'file-changed': 'The file is no longer what it was when it was read, so that its text is not shown. Open it again.',
  'file-missing': 'The file is no longer where it was. Put it back to see the text, or open the log again.',
  'file-unreadable': 'The file can no longer be read. Check its permissions and open the log again.',
};

/** Of a file that holds columns and no text, such as Parquet. */
export function writtenAsJson(from: string): string {
  return `row of ${from}, written as JSON`;
}

/** `line 12`, or `row 12 of Parquet, written as JSON` where the file holds no text of its own. */
export function recordPlace({ line, writtenFrom }: { line: number; writtenFrom: string | null }): string {
  const number = line.toLocaleString('en-US');
  return writtenFrom === null ? `line ${number}` : `row ${number} of ${writtenFrom}, written as JSON`;
}

/** What is counted among the events but proves nothing, or nothing more; empty when there is none. */
export function amongEvents({ orphanCloses, duplicates }: { orphanCloses: number; duplicates: number }): string {
  const parts: string[] = [];
  if (orphanCloses > 0) {
    parts.push(
      orphanCloses === 1
        ? '1 orphan close (its session was never seen open: it proves nothing)'
        : `${orphanCloses} orphan closes (their sessions were never seen open: they prove nothing)`,
    );
  }
  if (duplicates > 0) {
    parts.push(`${duplicates} delivered again (the same as an earlier one in all that Doppel reads)`);
  }
  return parts.join(', ');
}

export const REJECT_WORDS: Record<RejectReason, string> = {
  'not-json': 'not valid JSON',
  'not-an-object': 'JSON, but not a record (an object)',
  'not-a-log-line': 'not a line of the format that the file is in',
  'line-too-long': 'the line is too long',
  'not-utf8': 'not valid UTF-8 text',
  'too-few-cells': 'fewer cells than the header has',
  'too-many-cells': 'more cells than the header has',
  'bad-quoting': 'a quote is opened and not closed, or text follows a closing quote',
  'no-time': 'no time that can be read',
  'time-out-of-range': 'a time outside the years 1990 to 2100',
};

export const LEFT_OUT_WORDS: Record<LeftOutReason, string> = {
  folder: 'a folder',
  'system-file': 'a file of macOS or Windows',
  hidden: 'a hidden file',
  empty: 'empty',
  'no-log': 'no ZPA log',
  'unknown-columns': 'a table with columns that Doppel does not know: say what they are, or open it by itself',
  link: 'a link, which is not followed',
  'not-a-file': 'a pipe, device or socket',
  unreadable: 'cannot be read: check its permissions',
  damaged: 'damaged, nothing of it can be read',
  encrypted: 'encrypted: unpack it yourself and open the result',
  packing: 'packed in a way that Doppel does not read: unpack it yourself',
  'no-length': 'not compressed, and its length was in the part of the archive that is missing',
  'too-deep': 'an archive in an archive in an archive in an archive',
  'too-many': 'more than 10,000 files',
};

export const ENDING_WORDS: Record<Ending, string> = {
  closed: 'closed by a record',
  'last-seen': 'no close record: ends when last seen',
  'log-end': 'no close record: assumed to last to the end of the log',
  'handed-over': 'handed over: its session goes on at another source IP',
};

export const STARTING_WORDS: Record<Starting, string> = {
  told: 'when its connection began, as a record tells',
  'first-seen': 'first record seen: it may have begun earlier',
  'handed-over': 'handed over: its session was at another source IP before',
};

export const OPEN_SESSIONS_WORDS: Record<OpenSessions, string> = {
  'last-seen': 'end when last seen',
  'log-end': 'last to the end of the log',
  ignore: 'are left out',
};

export const STEP_WORDS: Record<Step, string> = {
  unpacking: 'Unpacking',
  checking: 'Checking',
  reading: 'Reading',
  counting: 'Counting',
  evidence: 'Collecting evidence',
  segments: 'Building segments',
  presence: 'Merging presence',
  overlaps: 'Finding overlaps',
  findings: 'Summing up',
};
