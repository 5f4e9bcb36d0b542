import { bulkDevice, bulkPlace, PLACES_PER_USER } from './bulk-cast';
import { lssJson } from './lss-json';
import { Random } from './random';
import type { ActivityRecord, Connection, Session, Shape, StatusRecord } from './shape';

/** A log of any size, for measuring. */
interface BulkOptions {
  records: number;
  users: number;
  seed: number;
  shape?: Shape;
}

/** A quarter of an hour: how often ZPA reports what goes on. */
const TICK = 900_000;
/** Eight hours of work. */
const TICKS_PER_DAY = 32;
const DAY = 86_400_000;
/** Monday 5 January 2026, 07:00 UTC. */
const FIRST_MORNING = Date.UTC(2026, 0, 5, 7);
/** Pieces are this long, in characters: long enough that writing them costs nothing. */
const PIECE = 1 << 20;
const RUNNING = 'OPEN_OR_ACTIVE_CONNECTION';

/**
 * Exactly `records` lines of `users` users at work, day after day, in the order of time but for a few minutes.
 * One user in 200 is at a second source IP at once for two hours of each day; one in three changes place at midday.
 */
export function* bulkLog(options: BulkOptions): Generator<string> {
  const { records, users, seed, shape = lssJson } = options;
  const random = new Random(seed);
  const workers = Array.from({ length: users }, (_, number) => new Worker(number, users, random, shape));
  yield* pieces(
    shape.header,
    records,
    (function* () {
      for (let day = 0; ; day++) {
        for (let tick = 0; tick < TICKS_PER_DAY; tick++) {
          for (const worker of workers) yield* worker.tick(FIRST_MORNING + day * DAY + tick * TICK, tick);
        }
      }
    })(),
  );
}

/**
 * Exactly `records` lines in `sessions` sessions, each half an hour after the one before and over before the next, at
 * ever other source IPs; session i belongs to user i modulo `users`. With one user that user has them all.
 */
export function* hotLog(options: BulkOptions & { sessions: number }): Generator<string> {
  const { records, users, sessions, seed, shape = lssJson } = options;
  const random = new Random(seed);
  const perSession = Math.ceil(records / sessions);
  const step = Math.floor((TICK * 5) / 3 / perSession);
  yield* pieces(
    shape.header,
    records,
    (function* () {
      for (let i = 0; i < sessions; i++) {
        const start = FIRST_MORNING + i * 2 * TICK;
        const connection = newConnection(newSession(i % users, i % 190, start, random), start, random);
        const write = shape.activity(connection);
        yield write({ time: start, action: 'open', reason: RUNNING });
        for (let k = 1; k < perSession - 1; k++) {
          yield write({ time: start + k * step, action: 'active', reason: RUNNING });
        }
        const end = start + (perSession - 1) * step;
        if (perSession > 1) yield write({ time: end, action: 'close', reason: 'MT_CLOSED_TERMINATED', end });
      }
    })(),
  );
}

function* pieces(header: string, records: number, lines: Iterable<string>): Generator<string> {
  let piece = header;
  let count = 0;
  if (records > 0) {
    for (const line of lines) {
      piece += `${line}\n`;
      count++;
      if (piece.length >= PIECE) {
        yield piece;
        piece = '';
      }
      if (count === records) break;
    }
  }
  if (piece !== '') yield piece;
}

/** One user's working day: a session with a heartbeat every hour and one connection after the other, each three ticks long. */
class Worker {
  readonly #delay: number;
  readonly #number: number;
  readonly #random: Random;
  readonly #shape: Shape;
  #place = 0;
  #session: Session | undefined;
  #status: ((record: StatusRecord) => string) | undefined;
  #connection: { start: number; write: (record: ActivityRecord) => string } | undefined;
  #second: ((record: ActivityRecord) => string) | undefined;

  constructor(number: number, users: number, random: Random, shape: Shape) {
    this.#number = number;
    this.#random = random;
    this.#shape = shape;
    // spread over the first half of the tick, so that the log is in the order of time
    this.#delay = Math.floor((number / users) * (TICK / 2));
  }

  *tick(tickTime: number, tick: number): Generator<string> {
    const time = tickTime + this.#delay;
    const moves = this.#number % 3 === 1 && tick === TICKS_PER_DAY / 2;
    if (tick === 0 || moves) yield* this.#begin(time, moves);
    if (tick % 4 === 0 && this.#status) yield this.#status({ time, status: 'ZPN_STATUS_AUTHENTICATED' });
    yield* this.#connect(time, tick);
    if (this.#number % 200 === 7) yield* this.#shareSession(time, tick);
    if (tick === TICKS_PER_DAY - 1) yield* this.#end(time + 60_000);
  }

  *#begin(time: number, moves: boolean): Generator<string> {
    if (moves) yield* this.#end(time - 300_000);
    this.#place = moves ? 1 : 0;
    this.#session = newSession(this.#number, this.#number * PLACES_PER_USER + this.#place, time, this.#random);
    this.#status = this.#shape.status(this.#session);
  }

  *#connect(time: number, tick: number): Generator<string> {
    if (!this.#connection && this.#session) {
      const write = this.#shape.activity(newConnection(this.#session, time, this.#random));
      this.#connection = { start: tick, write };
      yield write({ time, action: 'open', reason: RUNNING });
    } else if (this.#connection && tick - this.#connection.start < 3) {
      yield this.#connection.write({ time, action: 'active', reason: RUNNING });
    } else if (this.#connection) {
      yield this.#connection.write({ time, action: 'close', reason: 'MT_CLOSED_TERMINATED', end: time });
      this.#connection = undefined;
    }
  }

  /** From ten to twelve o'clock, somebody else is this user too. */
  *#shareSession(time: number, tick: number): Generator<string> {
    if (tick === 4) {
      const session = newSession(this.#number, this.#number * PLACES_PER_USER + 2, time, this.#random);
      this.#second = this.#shape.activity(newConnection(session, time, this.#random));
      yield this.#second({ time, action: 'open', reason: RUNNING });
    } else if (tick < 12 && this.#second) {
      yield this.#second({ time, action: 'active', reason: RUNNING });
    } else if (this.#second) {
      yield this.#second({ time, action: 'close', reason: 'MT_CLOSED_TERMINATED', end: time });
      this.#second = undefined;
    }
  }

  *#end(time: number): Generator<string> {
    if (this.#connection) {
      yield this.#connection.write({ time, action: 'close', reason: 'MT_CLOSED_TLS_CONN_GONE', end: time });
    }
    if (this.#status) yield this.#status({ time, status: 'ZPN_STATUS_DISCONNECTED', end: time });
    this.#connection = undefined;
    this.#status = undefined;
    this.#session = undefined;
  }
}

function newSession(user: number, place: number, authenticated: number, random: Random): Session {
  return {
    user: `user${String(user).padStart(6, '0')}@alder.example`,
    id: random.id(),
    place: bulkPlace(place),
    device: bulkDevice(user),
    authenticated,
  };
}

function newConnection(session: Session, start: number, random: Random): Connection {
  const number = random.int(400);
  return { session, id: random.id(), application: `app${number}.alder.example`, port: 1024 + number, start };
}
