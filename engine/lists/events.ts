import type { Params, Result } from '../../shared/contract';
import { ACTIONS } from '../../shared/domain';
import type { Database } from '../db';
import { sqlStep, sqlSteps } from '../sql';
import { numberOf, orNull, textOf, wordOf } from './cells';
import text from './events.sql?raw';
import { pageOf } from './ordered';

type EventsParams = Params<'events.page'>;

const steps = sqlSteps(text);

const SORTS: Record<NonNullable<EventsParams['sort']>['by'], string> = {
  time: 'time',
  action: 'action',
  SrcIpAddr: 'ip',
  sessionId: 'session_id',
  file: 'file',
};

/** Of an open log what tells where an event stood. */
interface EventSource {
  database: Database;
  files: readonly { name: string }[];
  /** The physical line, from 1, of a record. */
  lineOf(file: number, ordinal: number): number;
}

/** `events.page` of the contract. */
export async function eventsPage(
  log: EventSource,
  params: EventsParams,
  signal?: AbortSignal,
): Promise<Result<'events.page'>> {
  const { sort, user = null, text: wanted = '' } = params;
  const by = sort ? `${SORTS[sort.by]} ${sort.descending ? 'desc' : 'asc'} nulls last, time` : 'time';
  const order = { matching: sqlStep(steps, 'matching'), values: { user, text: wanted }, by: `${by}, row_id` };
  const page = await pageOf(log.database, order, sqlStep(steps, 'rows'), params, signal);
  return {
    total: page.total,
    rows: page.rows.map((row) => {
      const file = numberOf(row[14]);
      return {
        time: numberOf(row[0]),
        action: wordOf(row[1], ACTIONS),
        user: textOf(row[2]),
        SrcIpAddr: textOf(row[3]),
        sessionId: orNull(row[4], textOf),
        connectionStart: orNull(row[5], numberOf),
        connectionEnd: orNull(row[6], numberOf),
        country: orNull(row[7], textOf),
        city: orNull(row[8], textOf),
        deviceHostname: orNull(row[9], textOf),
        platform: orNull(row[10], textOf),
        clientType: orNull(row[11], textOf),
        application: orNull(row[12], textOf),
        closeReason: orNull(row[13], textOf),
        file: log.files[file]?.name ?? '',
        line: log.lineOf(file, numberOf(row[15])),
      };
    }),
  };
}
