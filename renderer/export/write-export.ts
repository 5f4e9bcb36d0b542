import type { QueueColumn } from '../../shared/export';
import type { FindingState } from '../../shared/decisions';
import { DoppelError } from '../../shared/errors';
import { findingsJson } from '../../shared/findings-json';
import { manifestText } from '../../shared/manifest';
import type { FindingsQuery, Run, Shown } from '../../shared/manifest';
import { hideRun, hideShown } from '../../shared/pseudonymise';
import type { Pseudonyms } from '../../shared/pseudonyms';
import type { Client } from '../../shared/rpc';
import { countOf, formatBytes, formatCount } from '../format-number';
import { zoneName } from '../time-zone/zone';
import { BlobText, digestOf } from './save-blob';

const CSV_KINDS = ['findings', 'overlaps', 'records'] as const;
type CsvKind = (typeof CSV_KINDS)[number];
export type ExportKind = CsvKind | 'json' | 'report';

export interface ExportOptions {
  signal: AbortSignal;
  /** How far it is, in words, and its share where that is known. */
  onProgress: (words: string, share?: number) => void;
}

/** What is wanted of which findings. */
interface ExportJob extends ExportOptions {
  client: Client;
  kind: ExportKind;
  query: FindingsQuery;
  /** Of the table, for `findings`. */
  columns: readonly QueueColumn[];
  decisions: ReadonlyMap<string, FindingState>;
  /** In place of names. */
  hidden: { key: string; names: Pseudonyms } | undefined;
}

export interface Exported {
  blob: Blob;
  name: string;
  /** What is in it, in words. */
  content: string;
  /** To save beside it; undefined where the file itself says what it rests on. */
  manifest: { blob: Blob; name: string } | undefined;
}

const ROW_WORDS: Record<CsvKind, string> = { findings: 'flagged user', overlaps: 'overlap', records: 'log record' };

/** Writes an export into a blob, piece by piece. Throws what the engine does, `cancelled`, or `nothing-open`. */
export async function writeExport(job: ExportJob): Promise<Exported> {
  if (job.hidden && job.kind === 'records')
    throw new DoppelError('bad-params', 'Log records hold names in their text, so there are none with pseudonyms.');
  const run = await runOf(job.client, job.signal);
  const at = Date.now();
  switch (job.kind) {
    case 'json':
      return writeJson(job, run, at);
    case 'report':
      return writeReport(job, run, at);
    case 'findings':
    case 'overlaps':
    case 'records':
      return writeCsv(job, job.kind, run, at);
  }
}

/** What is open. Throws `nothing-open`. */
async function runOf(client: Client, signal: AbortSignal): Promise<Run> {
  const info = await client.call('app.info', {}, { signal });
  const { log, detection } = await client.call('log.state', {}, { signal });
  if (!log || !detection) throw new DoppelError('nothing-open', 'No log is open. Open it again and repeat the export.');
  return { info, log, detection };
}

/** `doppel-overlaps-2026-03-02.csv`, by the day it is written on (UTC). */
export function exportName(what: string, ending: string, at: number): string {
  return `doppel-${what}-${new Date(at).toISOString().slice(0, 10)}.${ending}`;
}

async function writeCsv(job: ExportJob, kind: CsvKind, run: Run, at: number): Promise<Exported> {
  const { client, query, columns, signal } = job;
  const text = new BlobText();
  let rows = 0;
  for (let cursor: number | null = 0; cursor !== null;) {
    const asked = { ...query, raw: false, cursor, timeZone: zoneName() };
    const named = { ...asked, ...(job.hidden && { pseudonyms: job.hidden.key }) };
    const piece: { text: string; next: number | null; done: number; total: number } =
      kind === 'findings'
        ? await client.call('export.findings', { ...named, columns: [...columns] }, { signal })
        : kind === 'overlaps'
          ? await client.call('export.csv', named, { signal })
          : await client.call('export.records', asked, { signal });
    text.add(piece.text);
    rows = piece.total;
    job.onProgress(`${formatCount(piece.done)} of ${countOf(rows, ROW_WORDS[kind])}`, piece.done / Math.max(1, rows));
    cursor = piece.next;
  }
  const blob = text.blob('text/csv;charset=utf-8');
  const name = exportName(job.hidden ? `${kind}-pseudonymised` : kind, 'csv', at);
  const shown: Shown = { kind, rows, query, timeZone: zoneName(), ...(kind === 'findings' && { columns }) };
  const names = job.hidden?.names;
  const [said, told] = names ? [await hideRun(names, run), hideShown(shown)] : [run, shown];
  const beside = manifestText(said, told, { name, bytes: blob.size, sha256: await digestOf(blob) }, at);
  return {
    blob,
    name,
    content: countOf(rows, ROW_WORDS[kind]),
    manifest: {
      blob: new Blob([beside], { type: 'application/json' }),
      name: name.replace(/\.csv$/, '.manifest.json'),
    },
  };
}

async function writeJson({ client, query, decisions, hidden, signal, onProgress }: ExportJob, run: Run, at: number) {
  const text = new BlobText();
  let characters = 0;
  const decided = (finding: string): FindingState | undefined => decisions.get(finding);
  const options = { query, decided, names: hidden?.names, timeZone: zoneName(), signal };
  for await (const piece of findingsJson(client, run, at, options)) {
    text.add(piece);
    characters += piece.length;
    onProgress(formatBytes(characters));
  }
  const content = 'findings with their overlaps, decisions and notes';
  return {
    blob: text.blob('application/json'),
    name: exportName(hidden ? 'findings-pseudonymised' : 'findings', 'json', at),
    content,
    manifest: undefined,
  };
}

async function writeReport({ client, query, decisions, hidden, signal, onProgress }: ExportJob, run: Run, at: number) {
  const { reportPieces } = await import('../report/report-html'); // what writes HTML is loaded when it is needed
  const file = exportName(hidden ? 'report-pseudonymised' : 'report', 'html', at);
  const text = new BlobText();
  const { total } = await client.call('findings.page', { ...query, offset: 0, limit: 0 }, { signal });
  let done = -1; // the first piece is the head
  for await (const piece of reportPieces(client, run, {
    at,
    file,
    query,
    total,
    decisions,
    names: hidden?.names,
    signal,
  })) {
    text.add(piece);
    done = Math.min(total, done + 1);
    onProgress(`${formatCount(done)} of ${countOf(total, 'flagged user')}`, done / Math.max(1, total));
  }
  const content = `a report on ${countOf(total, 'flagged user')}`;
  return { blob: text.blob('text/html;charset=utf-8'), name: file, content, manifest: undefined };
}
