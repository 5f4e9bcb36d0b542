import type { Channel } from '../../shared/channel';
import { connectCase } from '../../shared/case-client';
import type { CaseClient } from '../../shared/case-client';
import type { CaseState, Change, Decided, FindingState } from '../../shared/decisions';
import { DoppelError, messageOf } from '../../shared/errors';
import type { Client } from '../../shared/rpc';
import { Store } from '../store';
import { changeInWords } from './change-words';

const PAGE = 1000;
/** One batch of more takes the case process much memory. */
const MOST_AT_ONCE = 10_000;
const RETRY_MS = 500;
/** A case that another Doppel holds is asked for again. */
const IN_USE_RETRY_MS = 2000;

interface CaseView {
  /** Undefined while no case is open. */
  info: CaseState | undefined;
  /** What has been decided, by finding id; a finding that nobody has touched is not in it. */
  decisions: ReadonlyMap<string, FindingState>;
  /** What undo takes back next, in words. */
  undoes: string | undefined;
  /** Why the last decision is not saved, or the case cannot be asked; for people. */
  problem: string | undefined;
}

/**
 * The page's view of the case: the case process has the truth. The engine gets a copy of every state, so that it can sort
 * and filter by it; a new engine gets them all again.
 */
export class CaseStore extends Store<CaseView> {
  #client: CaseClient | undefined;
  #engine: Client | undefined;
  /** The decisions made here, the latest last: what undo takes back. */
  readonly #made: { batches: string[]; words: string }[] = [];

  constructor() {
    super({ info: undefined, decisions: new Map(), undoes: undefined, problem: undefined });
  }

  /** Connects, and again whenever the case process has been lost. Ends at once where the shell has no case. */
  async keepConnected(open: () => Promise<Channel>): Promise<void> {
    for (;;) {
      try {
        const client = connectCase(await open());
        const closed = new Promise<string>((resolve) => client.onClose(resolve));
        await this.#loadPatiently(client);
        const reason = await closed;
        this.#client = undefined;
        if (this.state.info === undefined && this.state.problem === undefined) return; // there was none from the start
        this.patch({ problem: `Decisions cannot be saved at the moment: ${reason}.` });
      } catch {
        if (this.state.info === undefined) return;
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }

  /** A new engine knows nothing yet. */
  mirrorTo(engine: Client): void {
    this.#engine = engine;
    this.#mirror([...this.state.decisions.values()], true);
  }

  /** Makes one change to every finding. Never rejects: what is not saved is said in `problem`. */
  async decide(findings: readonly string[], change: Change): Promise<void> {
    const batches: string[] = [];
    try {
      for (let at = 0; at < findings.length; at += MOST_AT_ONCE) {
        const some = findings.slice(at, at + MOST_AT_ONCE);
        const { batch } = this.#took(await this.#open().call('decisions.make', { findings: some, change }));
        batches.push(batch);
      }
    } catch (error) {
      this.patch({ problem: `Not saved. ${messageOf(error)}` });
    }
    if (batches.length > 0) this.#made.push({ batches, words: changeInWords(change, findings.length) });
    this.#tellUndo();
  }

  /** Takes back the latest decision that was made in this page. */
  async undo(): Promise<void> {
    const made = this.#made.pop();
    if (!made) return;
    const left = [...made.batches];
    try {
      for (const batch of made.batches) {
        this.#took(await this.#open().call('decisions.undo', { batch }));
        left.shift();
      }
    } catch (error) {
      // what later decisions have replaced stays so; anything else can be tried again
      const replaced = error instanceof DoppelError && error.code === 'nothing-to-undo';
      if (!replaced) this.#made.push({ ...made, batches: left });
      this.patch({ problem: `Not undone. ${messageOf(error)}` });
    }
    this.#tellUndo();
  }

  #tellUndo(): void {
    this.patch({ undoes: this.#made.at(-1)?.words });
  }

  async #loadPatiently(client: CaseClient): Promise<void> {
    for (;;) {
      try {
        return await this.#load(client);
      } catch (error) {
        this.#cannotLoad(error);
        if (!(error instanceof DoppelError && error.code === 'case-in-use')) return;
      }
      await new Promise((resolve) => setTimeout(resolve, IN_USE_RETRY_MS));
    }
  }

  async #load(client: CaseClient): Promise<void> {
    const info = await client.call('case.state', {});
    const decisions = new Map<string, FindingState>();
    let cursor: number | null = 0;
    while (cursor !== null) {
      const page: { states: FindingState[]; next: number | null } = await client.call('decisions.page', {
        cursor,
        limit: PAGE,
      });
      for (const state of page.states) decisions.set(state.finding, state);
      cursor = page.next;
    }
    this.#client = client;
    this.patch({ info, decisions, problem: info.readOnly ?? undefined });
    this.#mirror([...decisions.values()], true);
  }

  #cannotLoad(error: unknown): void {
    if (!(error instanceof DoppelError && error.code === 'disconnected')) this.patch({ problem: messageOf(error) });
  }

  #open(): CaseClient {
    if (this.#client) return this.#client;
    throw new DoppelError('disconnected', 'The case cannot be reached; try again when it is back.');
  }

  #took(decided: Decided): Decided {
    const decisions = new Map(this.state.decisions);
    for (const state of decided.states) decisions.set(state.finding, state);
    this.patch({ decisions, problem: undefined });
    this.#mirror(decided.states, false);
    return decided;
  }

  #mirror(states: FindingState[], whole: boolean): void {
    const engine = this.#engine;
    if (!engine) return;
    // an engine that is lost on the way gets everything when it is back
    const tell = (at: number, first: boolean): Promise<unknown> =>
      engine.call('decisions.mirror', { states: states.slice(at, at + PAGE), whole: first }).catch(() => undefined);
    void tell(0, whole);
    for (let at = PAGE; at < states.length; at += PAGE) void tell(at, false);
  }
}
