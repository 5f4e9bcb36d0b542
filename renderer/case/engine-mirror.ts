import type { FindingState } from '../../shared/decisions';
import type { Client } from '../../shared/rpc';
import { piecesOf } from '../../shared/state-pieces';

const MOST_STATES = 1000;

/** Tells the engine what has been decided, a piece at a time and in the order in which it came to be. */
export class EngineMirror {
  #engine: Client | undefined;
  /** What is being told; what comes meanwhile is told after it, or an older state would come last. */
  #turn: Promise<void> = Promise.resolve();

  /** Another engine, which knows nothing yet. */
  set engine(engine: Client) {
    this.#engine = engine;
  }

  /** `whole`: these are all of the case; else they are those that have changed. */
  tell(of: string, states: readonly FindingState[], whole: boolean): void {
    const engine = this.#engine;
    if (!engine) return;
    this.#turn = this.#turn.then(() => tellAll(engine, of, states, whole));
  }

  /** Resolves once all that was to be told has been told, so that what is asked next is answered by it. */
  told(): Promise<void> {
    return this.#turn;
  }
}

/** An engine that is lost on the way gets everything when it is back. */
async function tellAll(engine: Client, of: string, states: readonly FindingState[], whole: boolean): Promise<void> {
  try {
    if (whole && states.length === 0) await engine.call('decisions.mirror', { states: [], whole, case: of });
    let first = whole;
    for (const { states: some, continues } of piecesOf(states, MOST_STATES)) {
      await engine.call('decisions.mirror', { states: some, whole: first, case: of, continues });
      first = false;
    }
  } catch {
    // the page says that there is no engine
  }
}
