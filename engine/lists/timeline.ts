import { ENDINGS, STARTINGS } from '../../shared/domain';
import { RECORDS_MARKED } from '../../shared/timeline';
import type { Params } from '../../shared/contract';
import type { AreaTotals, Timeline, TimelineRecords } from '../../shared/timeline';
import type { Database } from '../db';
import { tablesOf } from '../detect/tables';
import { sqlStep, sqlSteps } from '../sql';
import { numberOf, orNull, textOf, textsOf } from './cells';
import { networkOf } from './network';
import text from './timeline.sql?raw';

const steps = sqlSteps(text);

/** `timeline.get` of the contract. A user who is not in the log has an empty timeline. */
export async function timelineOf(database: Database, user: string, signal?: AbortSignal): Promise<Timeline> {
  return tablesOf(database).read(() =>
    database.use(signal, async (connection) => {
      const [name] = await connection.row(sqlStep(steps, 'name'), { user });
      const [from, to] = await connection.row(sqlStep(steps, 'span'), { user });
      const lanes = (await connection.rows(sqlStep(steps, 'lanes'), { user })).map((row) => {
        const ip = textOf(row[0]);
        return { SrcIpAddr: ip, countries: textsOf(row[1]), network: networkOf(ip) };
      });
      const values = { user, lanes: lanes.map(({ SrcIpAddr }) => SrcIpAddr), startings: STARTINGS, endings: ENDINGS };
      const [lane = [], start = [], end = [], seen = [], starting = [], ending = [], session = [], records = []] =
        await connection.columns(sqlStep(steps, 'segments'), values);
      const { names, numbers } = numbered(session.map(textOf));
      const [later = [], previous = [], overlapStart = [], overlapEnd = []] = await connection.columns(
        sqlStep(steps, 'overlaps'),
        values,
      );
      return {
        user,
        DstUserName: orNull(name, textOf) ?? user,
        lanes,
        sessions: names,
        segments: {
          lane: Uint32Array.from(lane, numberOf),
          start: Float64Array.from(start, numberOf),
          end: Float64Array.from(end, numberOf),
          lastSeen: Float64Array.from(seen, numberOf),
          starting: Uint8Array.from(starting, numberOf),
          ending: Uint8Array.from(ending, numberOf),
          session: numbers,
          records: Uint32Array.from(records, numberOf),
        },
        overlaps: {
          lane: Uint32Array.from(later, numberOf),
          previousLane: Uint32Array.from(previous, numberOf),
          start: Float64Array.from(overlapStart, numberOf),
          end: Float64Array.from(overlapEnd, numberOf),
        },
        from: orNull(from, numberOf) ?? 0,
        to: orNull(to, numberOf) ?? 0,
      };
    }),
  );
}

/** `timeline.records` of the contract. */
export async function timelineRecords(
  database: Database,
  user: string,
  signal?: AbortSignal,
  most = RECORDS_MARKED,
): Promise<TimelineRecords> {
  const [ip = [], time = [], total = []] = await database.use(signal, (connection) =>
    connection.columns(sqlStep(steps, 'records'), { user, most }),
  );
  const { names, numbers } = numbered(ip.map(textOf));
  return { total: numberOf(total[0] ?? 0), ips: names, lane: numbers, time: Float64Array.from(time, numberOf) };
}

/** `timeline.area` of the contract. */
export async function timelineArea(
  database: Database,
  area: Params<'timeline.area'>,
  signal?: AbortSignal,
): Promise<AreaTotals> {
  return tablesOf(database).read(async () => {
    const row = await database.use(signal, (connection) => connection.row(sqlStep(steps, 'area'), { ...area }));
    const [records = 0, segments = 0, ips = 0, overlaps = 0] = row.map(numberOf);
    return { records, segments, ips, overlaps };
  });
}

/** Every distinct text once, and for each text the place of it there. */
function numbered(texts: readonly string[]): { names: string[]; numbers: Uint32Array<ArrayBuffer> } {
  const places = new Map<string, number>();
  const numbers = Uint32Array.from(texts, (name) => {
    const place = places.get(name) ?? places.size;
    places.set(name, place);
    return place;
  });
  return { names: [...places.keys()], numbers };
}
