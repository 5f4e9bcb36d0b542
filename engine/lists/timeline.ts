import { ENDINGS, STARTINGS } from '../../shared/domain';
import { RECORDS_MARKED } from '../../shared/timeline';
import type { Params } from '../../shared/contract';
import type { AreaTotals, Timeline, TimelineRecords } from '../../shared/timeline';
import type { Bulk, Database } from '../db';
import { tablesOf } from '../detect/tables';
import { sqlStep, sqlSteps } from '../sql';
import { numberOf, orNull, textOf, textsOf } from './cells';
import { networkOf } from './network';
import text from './timeline.sql?raw';

const steps = sqlSteps(text);

/** `timeline.get` of the contract. A user who is not in the log has an empty timeline. */
export async function timelineOf(database: Database, user: string, signal?: AbortSignal): Promise<Timeline> {
  return tablesOf(database).read(async () => {
    const { name, from, to, lanes } = await headOf(database, user, signal);
    const values = {
      user,
      lanes: lanes.map(({ SrcIpAddr }) => SrcIpAddr),
      startings: STARTINGS,
      endings: ENDINGS,
    };
    const columns = (step: string): Promise<Bulk[]> =>
      database.use(signal, (connection) => connection.bulk(sqlStep(steps, step), values));
    // each is small enough for DuckDB to work at it with one thread: together they take two
    const [segments, overlaps] = await Promise.all([columns('segments'), columns('overlaps')]);
    const [lane, start, end, lastSeen, starting, ending, session, records] = segments;
    const [later, previous, overlapStart, overlapEnd] = overlaps;
    const { names, numbers } = numbered(texts(session));
    return {
      user,
      DstUserName: name,
      lanes,
      sessions: names,
      segments: {
        lane: new Uint32Array(floats(lane)),
        start: floats(start),
        end: floats(end),
        lastSeen: floats(lastSeen),
        starting: new Uint8Array(floats(starting)),
        ending: new Uint8Array(floats(ending)),
        session: numbers,
        records: new Uint32Array(floats(records)),
      },
      overlaps: {
        lane: new Uint32Array(floats(later)),
        previousLane: new Uint32Array(floats(previous)),
        start: floats(overlapStart),
        end: floats(overlapEnd),
      },
      from,
      to,
    };
  });
}

/** Whose timeline it is, from when to when, and its lanes. */
function headOf(
  database: Database,
  user: string,
  signal: AbortSignal | undefined,
): Promise<Pick<Timeline, 'from' | 'to' | 'lanes'> & { name: string }> {
  return database.use(signal, async (connection) => {
    const [from, to] = await connection.row(sqlStep(steps, 'span'), { user });
    const found = await connection.rows(sqlStep(steps, 'lanes'), { user });
    const name = found[0] ? found[0][2] : (await connection.row(sqlStep(steps, 'name'), { user }))[0];
    return {
      name: orNull(name, textOf) ?? user,
      from: orNull(from, numberOf) ?? 0,
      to: orNull(to, numberOf) ?? 0,
      lanes: found.map((row) => {
        const ip = textOf(row[0]);
        return { SrcIpAddr: ip, countries: textsOf(row[1]), network: networkOf(ip) };
      }),
    };
  });
}

/** `timeline.records` of the contract. */
export async function timelineRecords(
  database: Database,
  user: string,
  signal?: AbortSignal,
  most = RECORDS_MARKED,
): Promise<TimelineRecords> {
  const [ip, time, total] = await database.use(signal, (connection) =>
    connection.bulk(sqlStep(steps, 'records'), { user, most }),
  );
  const { names, numbers } = numbered(texts(ip));
  return { total: floats(total)[0] ?? 0, ips: names, lane: numbers, time: floats(time) };
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

function floats(column: Bulk | undefined): Float64Array<ArrayBuffer> {
  return column instanceof Float64Array ? column : new Float64Array();
}

function texts(column: Bulk | undefined): readonly string[] {
  return Array.isArray(column) ? column : [];
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
