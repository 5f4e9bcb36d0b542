/** What a cache holds of a log beside its tables: its account, and where its records stand. */
import type { DetectionSummary, LogSummary } from '../../shared/domain';
import type { Connection } from '../db';
import type { KeptText } from '../evidence/kept-text';
import type { Log } from '../ingest/open-log';
import { textOf } from '../lists/cells';
import type { FileToOpen, Source } from '../sources/source';
import { sqlStep } from '../sql';
import { readPlaces, writePlaces } from './places';
import type { Lengths, Places } from './places';
import { CACHE } from './steps';

/** A file of the log; one that came out of an archive is known by `shownPath` when it comes out again. */
export type KeptFile = FileToOpen & Pick<Source, 'packing'> & Partial<Pick<Source, 'shownPath'>>;

/** As JSON; the typed memory of `texts` lies beside it. */
interface State {
  summary: LogSummary;
  detection: DetectionSummary | null;
  files: KeptFile[];
  unread: FileToOpen[];
  texts: Scalars[];
  lengths: Lengths;
  /** The handles under which the files were opened. */
  ids: (string | null)[];
}
type Scalars = Omit<KeptText, keyof Places>;

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
    lengths: await writePlaces(connection, texts),
    ids: opened.map(({ id }) => id ?? null),
  };
  await connection.run(sqlStep(CACHE, 'add-state'), { state: JSON.stringify(state) });
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
  const places = await readPlaces(connection, state.lengths);
  const texts = state.texts.flatMap((scalars, file) => {
    const own = places[file];
    return own ? [{ ...scalars, ...own, identity: scalars.identity ?? undefined }] : [];
  });
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
