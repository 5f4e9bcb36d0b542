import type { Params, Result } from '../../shared/contract';
import { ACTIONS } from '../../shared/domain';
import type { Database } from '../db';
import type { RawRecord } from '../evidence/raw-records';
import type { Source } from '../sources/source';
import { sqlStep, sqlSteps } from '../sql';
import { numberOf, orNull, textOf, wordOf } from './cells';
import text from './evidence.sql?raw';

const steps = sqlSteps(text);

/** Of an open log what gives the records of an input again. */
export interface RecordSource {
  database: Database;
  files: readonly Pick<Source, 'name' | 'packing'>[];
  lineOf(file: number, ordinal: number): number;
  /** By ordinal, ascending. */
  raw(file: number, ordinals: readonly number[], signal: AbortSignal | undefined): Promise<RawRecord[]>;
}

/** `evidence.page` of the contract. */
export async function evidencePage(
  log: RecordSource,
  { of, offset, limit }: Params<'evidence.page'>,
  signal?: AbortSignal,
): Promise<Result<'evidence.page'>> {
  const [ip = null, otherIp = null] = of.ips ?? [];
  const found = await log.database.use(signal, (connection) =>
    connection.rows(sqlStep(steps, 'records'), {
      user: of.user,
      ip,
      other_ip: otherIp,
      any_session: of.session === undefined,
      session: of.session ?? null,
      from_ms: of.from ?? null,
      to_ms: of.to ?? null,
      limit,
      offset,
    }),
  );
  const places = found.map((row) => ({ file: numberOf(row[5]), ordinal: numberOf(row[6]) }));
  const raws = await rawsOf(log, places, signal);
  return {
    total: found[0] ? numberOf(found[0][0]) : 0,
    rows: found.flatMap((row, index) => {
      const [place, raw] = [places[index], raws[index]];
      if (!place || !raw) return [];
      return {
        file: log.files[place.file]?.name ?? '',
        line: log.lineOf(place.file, place.ordinal),
        ...raw,
        writtenFrom: log.files[place.file]?.packing ?? null,
        time: numberOf(row[1]),
        action: wordOf(row[2], ACTIONS),
        SrcIpAddr: textOf(row[3]),
        sessionId: orNull(row[4], textOf),
      };
    }),
  };
}

/** The text of each of these records, in their order; each file is read once, forward. */
export async function rawsOf(
  log: Pick<RecordSource, 'raw'>,
  places: readonly { file: number; ordinal: number }[],
  signal: AbortSignal | undefined,
): Promise<(RawRecord | undefined)[]> {
  const raws = new Map<(typeof places)[number], RawRecord>();
  for (const file of new Set(places.map((place) => place.file))) {
    const those = places.filter((place) => place.file === file).toSorted((a, b) => a.ordinal - b.ordinal);
    const ordinals = those.map(({ ordinal }) => ordinal);
    for (const [index, raw] of (await log.raw(file, ordinals, signal)).entries()) {
      const place = those[index];
      if (place) raws.set(place, raw);
    }
  }
  return places.map((place) => raws.get(place));
}
