import type { Params, Result } from '../../shared/contract';
import { ACTIONS } from '../../shared/domain';
import type { Database } from '../db';
import type { RawRecord } from '../evidence/raw-records';
import { sqlStep, sqlSteps } from '../sql';
import { numberOf, orNull, textOf, wordOf } from './cells';
import text from './evidence.sql?raw';

const steps = sqlSteps(text);

/** Of an open log what gives the records of an input again. */
export interface RecordSource {
  database: Database;
  files: readonly { name: string }[];
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
  const records = found.map((row) => ({ row, file: numberOf(row[5]), ordinal: numberOf(row[6]) }));
  const raws = new Map<(typeof records)[number], RawRecord>();
  for (const file of new Set(records.map((record) => record.file))) {
    const those = records.filter((record) => record.file === file);
    const ordered = those.toSorted((a, b) => a.ordinal - b.ordinal);
    const texts = await log.raw(
      file,
      ordered.map(({ ordinal }) => ordinal),
      signal,
    );
    for (const [index, record] of ordered.entries()) {
      const raw = texts[index];
      if (raw) raws.set(record, raw);
    }
  }
  return {
    total: found[0] ? numberOf(found[0][0]) : 0,
    rows: records.flatMap((record) => {
      const { row, file, ordinal } = record;
      const raw = raws.get(record);
      if (!raw) return [];
      return {
        file: log.files[file]?.name ?? '',
        line: log.lineOf(file, ordinal),
        ...raw,
        time: numberOf(row[1]),
        action: wordOf(row[2], ACTIONS),
        SrcIpAddr: textOf(row[3]),
        sessionId: orNull(row[4], textOf),
      };
    }),
  };
}
