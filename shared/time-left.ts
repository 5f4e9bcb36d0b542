import type { Progress } from './contract';

/** Before so much is done nobody can tell how fast the rest will go. */
const LEAST_MS = 3000;
const LEAST_SHARE = 0.02;
const MINUTE_MS = 60_000;

/** How long reading will still take, judged by how long it took so far. One for each piece of work. */
export class TimeLeft {
  #began = { at: 0, done: 0, total: -1 };

  /** Such as `about 4 min left`; undefined before that can be known and once all bytes are read. `now` in ms. */
  words({ bytesDone, bytesTotal }: Pick<Progress, 'bytesDone' | 'bytesTotal'>, now: number): string | undefined {
    // unpacking and reading have bytes of their own
    if (bytesTotal !== this.#began.total) this.#began = { at: now, done: bytesDone, total: bytesTotal };
    const took = now - this.#began.at;
    const done = bytesDone - this.#began.done;
    if (took < LEAST_MS || bytesDone >= bytesTotal || done < bytesTotal * LEAST_SHARE) return undefined;
    const minutes = Math.round((took * (bytesTotal - bytesDone)) / done / MINUTE_MS);
    if (minutes < 1) return 'less than a minute left';
    if (minutes < 90) return `about ${minutes} min left`;
    return `about ${Math.round(minutes / 60)} h left`;
  }
}
