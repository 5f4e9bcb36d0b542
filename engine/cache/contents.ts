/** What a cache holds of a log beside its tables: its account, and where its records stand. */
import type { DetectionSummary, LogSummary } from '../../shared/domain';
import type { Connection } from '../db';
import type { KeptText } from '../evidence/kept-text';
import type { Log } from '../ingest/open-log';
import { textOf } from '../lists/cells';
import type { FileToOpen, Source } from '../sources/source';
import { sqlStep, sqlSteps } from '../sql';
import text from './cache.sql?raw';

export const CACHE = sqlSteps(text);
const PIECE_BYTES = 4 * 2 ** 20;

/** A file of the log; one that came out of an archive is known by `shownPath` when it comes out again. */
export type KeptFile = FileToOpen & Pick<Source, 'packing'> & Partial<Pick<Source, 'shownPath'>>;

/** As JSON; the typed memory of `texts` lies beside it. */
interface State {
  summary: LogSummary;
  detection: DetectionSummary | null;
  files: KeptFile[];
  unread: FileToOpen[];
  texts: Scalars[];
  /** The handles under which the files were opened. */
  ids: (string | null)[];
}
type Scalars = Omit<KeptText, keyof Places>;

/** Where records stand, as typed memory. */
interface Places {
  gaps: KeptText['gaps'];
  starts: KeptText['starts'];
  offsets: KeptText['offsets'];
  marks: KeptText['marks'];
}

export interface Contents {
  summary: LogSummary;
  /** What the detection came to whose tables are in the cache. */
  detection: DetectionSummary | undefined;
  files: KeptFile[];
  unread: FileToOpen[];
  texts: KeptText[];
}

interface Written {
  log: Pick<Log, 'summary' | 'files' | 'unread'>;
  detection: DetectionSummary | undefined;
  texts: readonly KeptText[];
  opened: readonly FileToOpen[];
}

/** Writes them into the cache that is attached. */
export async function writeContents(connection: Connection, { log, detection, texts, opened }: Written): Promise<void> {
  const { cache: _cache, ...summary } = log.summary;
  const state: State = {
    summary,
    detection: detection ?? null,
    files: [...log.files],
    unread: [...(log.unread ?? [])],
    texts: texts.map(({ gaps: _gaps, starts: _starts, offsets: _offsets, marks: _marks, ...scalars }) => scalars),
    ids: opened.map(({ id }) => id ?? null),
  };
  await connection.run(sqlStep(CACHE, 'add-state'), { state: JSON.stringify(state) });
  for (const [file, places] of texts.entries())
    for (const [name, array] of arraysOf(places)) {
      if (array === undefined) continue;
      const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
      // one piece at least: an empty list is another thing than none
      for (let piece = 0; piece === 0 || piece * PIECE_BYTES < bytes.length; piece++) {
        const part = bytes.subarray(piece * PIECE_BYTES, (piece + 1) * PIECE_BYTES);
        await connection.run(sqlStep(CACHE, 'add-places'), { file, name, piece, bytes: part });
      }
    }
}

function arraysOf({ gaps, starts, offsets, marks }: Places): [string, Uint32Array | Float64Array | undefined][] {
  return [
    ['gap-starts', gaps.starts],
    ['gap-lengths', gaps.lengths],
    ['starts', starts],
    ['offsets', offsets],
    ['mark-lines', marks?.lines],
    ['mark-offsets', marks?.offsets],
  ];
}

/** Reads them out of a cache; the handles in them become those under which the same files are opened now. */
export async function readContents(connection: Connection, opened: readonly FileToOpen[]): Promise<Contents> {
  // sealed by this very version of Doppel, so that it is what was written
  const state = JSON.parse(textOf((await connection.row(sqlStep(CACHE, 'read-state')))[0])) as State;
  const now = new Map(state.ids.map((id, at) => [id, opened[at]?.id]));
  const handle = (id: string | undefined): string => now.get(id ?? null) ?? '';
  const renamed = <F extends FileToOpen>(file: F): F => ({
    ...file,
    ...(file.id !== undefined && { id: handle(file.id) }),
  });
  const texts: KeptText[] = [];
  for (const [file, scalars] of state.texts.entries()) {
    const bytes = (name: string): Promise<Uint8Array[]> =>
      connection.blobs(sqlStep(CACHE, 'read-places'), { file, name });
    const numbers = async (name: string): Promise<Uint32Array | undefined> => {
      const pieces = await bytes(name);
      return pieces.length === 0 ? undefined : new Uint32Array(joined(pieces));
    };
    const places = async (name: string): Promise<Float64Array | undefined> => {
      const pieces = await bytes(name);
      return pieces.length === 0 ? undefined : new Float64Array(joined(pieces));
    };
    const none = new Uint32Array();
    const [lines, offsets] = [await numbers('mark-lines'), await places('mark-offsets')];
    texts.push({
      ...scalars,
      identity: scalars.identity ?? undefined,
      gaps: { starts: (await numbers('gap-starts')) ?? none, lengths: (await numbers('gap-lengths')) ?? none },
      starts: await numbers('starts'),
      offsets: await places('offsets'),
      marks: lines && offsets && { lines, offsets },
    });
  }
  const { summary, detection, files, unread } = state;
  const { leftOut } = summary;
  return {
    summary: {
      ...summary,
      inputs: summary.inputs.map((input) => ({ ...input, file: handle(input.file) })),
      ...(leftOut && { leftOut: { ...leftOut, rows: leftOut.rows.map((row) => withHandle(row, handle)) } }),
    },
    detection: detection ?? undefined,
    files: files.map(renamed),
    unread: unread.map(renamed),
    texts,
  };
}

function withHandle<R extends { file?: string | undefined }>(row: R, handle: (id: string) => string): R {
  return row.file === undefined ? row : { ...row, file: handle(row.file) };
}

function joined(pieces: readonly Uint8Array[]): ArrayBuffer {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all.buffer;
}
