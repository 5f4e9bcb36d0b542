import { ENDINGS, STARTINGS } from '../../shared/domain';
import { inOrder } from '../../shared/in-order';
import { RECORDS_MARKED } from '../../shared/timeline';
import type { Params } from '../../shared/contract';
import type { AreaTotals, Timeline, TimelineRecords, TimelineSessions } from '../../shared/timeline';
import type { Bulk, Database } from '../db';
import { tablesOf } from '../detect/tables';
import { sqlStep, sqlSteps } from '../sql';
import { numberOf, orNull, textOf, textsOf } from './cells';
import { bytes, byGroup, floats, picked, texts, wholes } from './bulk-columns';
import { networkOf } from './network';
import text from './timeline.sql?raw';

const steps = sqlSteps(text);

/** `timeline.get` of the contract. A user who is not in the log has an empty timeline. */
export async function timelineOf(database: Database, user: string, signal?: AbortSignal): Promise<Timeline> {
  return tablesOf(database).read(async () => {
    const extent = extentOf(database, user, signal);
    const columns = async (step: string): Promise<Bulk[]> => {
      const values = { user, lanes: (await extent)[2], startings: STARTINGS, endings: ENDINGS };
      return database.use(signal, (connection) => connection.bulk(sqlStep(steps, step), values));
    };
    // each is small enough for DuckDB to work at it with one thread: together they take two
    const [[from, to, ips], places, segments, overlaps] = await Promise.all([
      extent,
      placesOf(database, user, signal),
      columns('segments'),
      columns('overlaps'),
    ]);
    const [place, segmentRow, start, end, lastSeen, starting, ending, records] = segments;
    const [overlapRow, later, previous, overlapStart, overlapEnd] = overlaps;
    const lane = wholes(place);
    const byLane = byGroup(floats(segmentRow), lane, ips.length);
    const byStart = inOrder(floats(overlapRow));
    return {
      user,
      DstUserName: places.name ?? user,
      lanes: ips.map((ip) => ({
        SrcIpAddr: ip,
        countries: places.countries.get(ip) ?? [],
        network: networkOf(ip),
      })),
      segments: {
        lane: picked(lane, byLane),
        start: picked(floats(start), byLane),
        end: picked(floats(end), byLane),
        lastSeen: picked(floats(lastSeen), byLane),
        starting: picked(bytes(starting), byLane),
        ending: picked(bytes(ending), byLane),
        records: picked(wholes(records), byLane),
      },
      overlaps: {
        lane: picked(wholes(later), byStart),
        previousLane: picked(wholes(previous), byStart),
        start: picked(floats(overlapStart), byStart),
        end: picked(floats(overlapEnd), byStart),
      },
      from,
      to,
    };
  });
}

/** `timeline.sessions` of the contract. */
export async function timelineSessions(
  database: Database,
  user: string,
  signal?: AbortSignal,
): Promise<TimelineSessions> {
  return tablesOf(database).read(async () => {
    const [, , lanes] = await extentOf(database, user, signal);
    const [place, row, session] = await database.use(signal, (connection) =>
      connection.bulk(sqlStep(steps, 'sessions'), { user, lanes }),
    );
    const { names, numbers } = numbered(texts(session));
    return { names, session: picked(numbers, byGroup(floats(row), wholes(place), lanes.length)) };
  });
}

/** From when to when the user was present, and the source IPs of the lanes. */
function extentOf(
  database: Database,
  user: string,
  signal: AbortSignal | undefined,
): Promise<[from: number, to: number, ips: string[]]> {
  return database.use(signal, async (connection) => {
    const [from, to] = await connection.row(sqlStep(steps, 'span'), { user });
    const lanes = await connection.rows(sqlStep(steps, 'lanes'), { user });
    return [orNull(from, numberOf) ?? 0, orNull(to, numberOf) ?? 0, lanes.map(([ip]) => textOf(ip))];
  });
}

/** What the log says of the user's source IPs, and how it spells the user; `name` is missing where it has no record. */
async function placesOf(
  database: Database,
  user: string,
  signal: AbortSignal | undefined,
): Promise<{ name: string | undefined; countries: Map<string, string[]> }> {
  const rows = await database.use(signal, (connection) => connection.rows(sqlStep(steps, 'places'), { user }));
  return {
    name: orNull(rows[0]?.[2] ?? null, textOf) ?? undefined,
    countries: new Map(rows.map(([ip, countries]) => [textOf(ip), textsOf(countries)])),
  };
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

/** Every distinct text once, and for each text the place of it there. */
function numbered(all: readonly string[]): { names: string[]; numbers: Uint32Array<ArrayBuffer> } {
  const places = new Map<string, number>();
  const numbers = Uint32Array.from(all, (name) => {
    const place = places.get(name) ?? places.size;
    places.set(name, place);
    return place;
  });
  return { names: [...places.keys()], numbers };
}
