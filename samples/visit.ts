import { lssJson } from './lss-json';
import type { Random } from './random';
import type { Connection, Device, Place, Session } from './shape';

/** One line of the log and the moment at which the log streaming service wrote it. */
export interface Line {
  time: number;
  text: string;
}

/** A stay of one person at one place. Times in ms. */
export interface Visit {
  user: string;
  place: Place;
  device: Device;
  from: number;
  to: number;
  /** The TLS session that it goes on with; a new one where it is not given. */
  sessionId?: string;
  /** Short application connections beside the long one that lasts for the whole visit. */
  shortConnections: number;
  /** How it ends. `vanishes`: no record tells. `moves`: the client goes to another service edge at `to`. Default: `leaves`. */
  ending?: 'leaves' | 'vanishes' | 'moves';
  /** Without its User Status records, as a stolen session that only replays tokens has none. */
  activityOnly?: boolean;
}

const MINUTE = 60_000;
/** ZPA reports a connection again every 15 minutes for as long as it lasts; heartbeats are taken to be as frequent. */
const CADENCE = 15 * MINUTE;
const CLOSED = ['MT_CLOSED_TERMINATED', 'BRK_MT_CLOSED_FROM_CLIENT', 'AST_MT_TERMINATED'] as const;

/** The records of one visit, in no order. */
export function visitLines(
  visit: Visit,
  random: Random,
  applications: readonly { host: string; port: number }[],
): Line[] {
  const { user, place, device, from, to, ending = 'leaves' } = visit;
  const session: Session = { user, place, device, id: visit.sessionId ?? random.id(), authenticated: from };
  const lines: Line[] = [];

  if (!visit.activityOnly) {
    const status = lssJson.status(session);
    for (let time = from; time < to; time += CADENCE) {
      lines.push({ time, text: status({ time, status: 'ZPN_STATUS_AUTHENTICATED' }) });
    }
    if (ending === 'leaves') {
      lines.push({ time: to, text: status({ time: to, status: 'ZPN_STATUS_DISCONNECTED', end: to }) });
    }
  }

  const connect = (start: number, end: number, reason: string | undefined): void => {
    const { host, port } = random.pick(applications);
    const connection: Connection = { session, id: random.id(), application: host, port, start };
    lines.push(...connectionLines(connection, end, reason));
  };
  const lastReason = { leaves: 'MT_CLOSED_TLS_CONN_GONE_CLIENT_CLOSED', moves: 'BRK_MT_TERMINATED_BRK_SWITCHED' };
  connect(from, to, ending === 'vanishes' ? undefined : lastReason[ending]);
  for (let i = 0; i < visit.shortConnections; i++) {
    const length = random.between(20_000, Math.min(9 * MINUTE, (to - from) / 2));
    const start = from + 1000 + random.int(to - from - length - 1000);
    connect(start, start + length, random.pick(CLOSED));
  }
  return lines;
}

/** Open, active every 15 minutes, close with its reason; without a reason the close is missing. */
function connectionLines(connection: Connection, end: number, reason: string | undefined): Line[] {
  const write = lssJson.activity(connection);
  const { start } = connection;
  const lines: Line[] = [{ time: start, text: write({ time: start, action: 'open', reason: RUNNING }) }];
  for (let time = start + CADENCE; time < end; time += CADENCE) {
    lines.push({ time, text: write({ time, action: 'active', reason: RUNNING }) });
  }
  if (reason !== undefined) lines.push({ time: end, text: write({ time: end, action: 'close', reason, end }) });
  return lines;
}

const RUNNING = 'OPEN_OR_ACTIVE_CONNECTION';
