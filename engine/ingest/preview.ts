import type { Progress } from '../../shared/contract';
import type { Connection } from '../db';
import { unifyAddresses } from './account';

export type SoFar = NonNullable<Progress['soFar']>;
/** Runs the rule over the files that are in the database by now. */
export type Look = () => Promise<Pick<SoFar, 'findings' | 'first'>>;

const PAUSE_MS = 3000;
/** Looking takes at most a fifth of the time. */
const PAUSE_RATIO = 4;

/** While many files are read: what is found in those that are done, asked for now and then at the end of a file. */
export class Preview {
  readonly #look: Look | undefined;
  readonly #files: number;
  readonly #pauseMs: number;
  #next: number;

  constructor(look: Look | undefined, files: number, pauseMs = PAUSE_MS) {
    this.#look = look;
    this.#files = files;
    this.#pauseMs = pauseMs;
    this.#next = performance.now() + pauseMs;
  }

  /** Call when so many files are done. Undefined: it is not the time to look. */
  async after(filesDone: number, connection: Connection): Promise<SoFar | undefined> {
    const began = performance.now();
    if (!this.#look || filesDone === this.#files || began < this.#next) return undefined;
    await unifyAddresses(connection); // or one address in two spellings would be two
    const found = await this.#look();
    const ended = performance.now();
    const pause = this.#pauseMs === 0 ? 0 : Math.max(this.#pauseMs, (ended - began) * PAUSE_RATIO);
    this.#next = ended + pause;
    return { ...found, filesDone, files: this.#files };
  }
}
