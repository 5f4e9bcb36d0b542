import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Action } from '../../shared/domain';
import { Database } from '../db';

/** An event as a test writes it; what it leaves out is null. */
export interface MadeEvent {
  time: number;
  action: Action;
  user: string;
  ip: string;
  session?: string | null;
  start?: number | null;
  end?: number | null;
  country?: string | null;
  device?: string | null;
}

/** For tests: a database without a log. */
export function emptyDatabase(threads = 2): Promise<Database> {
  return Database.open({ readable: [], spillFolder: join(tmpdir(), 'doppel-spill'), memoryLimit: '1GB', threads });
}

const CREATE = `
  create or replace table event as
  select
    id, 0::integer as file, id + 1 as ordinal, time, action, "user" as user_name, lower("user") as user_key, ip,
    session as session_id, start as connection_start, "end" as connection_end, country,
    null::varchar as city, device as device_hostname, null::varchar as platform, null::varchar as client_type,
    null::varchar as application, null::varchar as close_reason
  from (
    select unnest(from_json($events::json, '[{
      "id": "BIGINT", "time": "BIGINT", "action": "VARCHAR", "user": "VARCHAR", "ip": "VARCHAR", "session": "VARCHAR",
      "start": "BIGINT", "end": "BIGINT", "country": "VARCHAR", "device": "VARCHAR"
    }]'), recursive := true)
  )`;

/** For tests: the table `event` of a log, in the shape that ingest gives it. */
export async function makeEvents(database: Database, events: readonly MadeEvent[]): Promise<void> {
  const numbered = JSON.stringify(events.map((event, id) => ({ id, ...event })));
  await database.use(undefined, (connection) => connection.run(CREATE, { events: numbered }));
}
