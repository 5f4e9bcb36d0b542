import { connectCase } from '../../shared/case-client';
import type { CaseClient } from '../../shared/case-client';
import type { Channel } from '../../shared/channel';
import type { CaseState, Draft, FindingState } from '../../shared/decisions';
import { DoppelError, messageOf } from '../../shared/errors';
import { loadStates } from './load-states';

const RETRY_MS = 500;
/** A case that another Doppel holds is asked for again, and what is decided there is read. */
const IN_USE_RETRY_MS = 3000;

interface CaseListener {
  /** A case is open, with all that has been decided in it: at first, again after it was lost, or another one. */
  onCase: (info: CaseState, decisions: Map<string, FindingState>) => void;
  /** Another page has decided. */
  onStates: (states: readonly FindingState[]) => void;
  /** Another page half-types a note. */
  onDraft: (draft: Draft) => void;
  /** Why nothing can be saved at the moment, or a case was not opened; for people. */
  onProblem: (problem: string) => void;
}

/** The page's line to the case process: kept up as long as the page lives, and always about the case that is open there. */
export class CaseLink {
  readonly #listener: CaseListener;
  #client: CaseClient | undefined;
  #info: CaseState | undefined;
  /** There is a case process behind the shell. */
  #isThere = false;
  /** What other pages decide while the states of a case are being read. */
  #meanwhile: FindingState[] | undefined;

  constructor(listener: CaseListener) {
    this.#listener = listener;
  }

  /** Throws `disconnected` while there is nobody to ask. */
  get client(): CaseClient {
    if (this.#client) return this.#client;
    throw new DoppelError('disconnected', 'The case cannot be reached; try again when it is back.');
  }

  /** Connects, and again whenever the case process has been lost. Ends at once where the shell has no case. */
  async keepConnected(open: () => Promise<Channel>): Promise<void> {
    for (;;) {
      try {
        const client = connectCase(await open());
        const closed = new Promise<string>((resolve) => client.onClose(resolve));
        await this.#begin(client);
        const reason = await closed;
        this.#client = undefined;
        if (!this.#isThere) return;
        this.#listener.onProblem(`Decisions cannot be saved at the moment: ${reason}.`);
      } catch {
        if (!this.#isThere) return;
      }
      await pause(RETRY_MS);
    }
  }

  /** Opens another case in place of this one. Rejects with the reason where it stays as it is. */
  async openCase(id: string): Promise<void> {
    await this.#take(this.client, await this.client.call('cases.open', { id }));
  }

  async makeCase(name: string): Promise<void> {
    await this.#take(this.client, await this.client.call('cases.make', { name }));
  }

  async #begin(client: CaseClient): Promise<void> {
    this.#follow(client);
    for (;;) {
      try {
        // known before it is open: a case that cannot be opened leaves others to choose from
        this.#client = client;
        return await this.#take(client, await client.call('case.state', {}));
      } catch (error) {
        if (error instanceof DoppelError && error.code === 'disconnected') return;
        this.#isThere = true;
        const remedy = this.#info ? '' : ' No case is open: choose one in the header, then you can decide.';
        this.#listener.onProblem(`${messageOf(error)}${remedy}`);
        if (!(error instanceof DoppelError && error.code === 'case-in-use')) return;
      }
      await pause(IN_USE_RETRY_MS);
    }
  }

  /** Takes over the case that is open: all that has been decided in it. */
  async #take(client: CaseClient, info: CaseState): Promise<void> {
    // what other pages decide while the states come is newer than what comes
    const meanwhile: FindingState[] = [];
    this.#meanwhile = meanwhile;
    const decisions = await loadStates(client);
    if (this.#meanwhile !== meanwhile) return; // yet another case has been opened
    this.#meanwhile = undefined;
    for (const state of meanwhile) decisions.set(state.finding, state);
    this.#isThere = true;
    this.#info = info;
    this.#listener.onCase(info, decisions);
  }

  /** Hears what other pages do, and asks for a case that is in use elsewhere until it is free. */
  #follow(client: CaseClient): void {
    client.on('decisions.changed', ({ states }) => {
      if (this.#meanwhile) this.#meanwhile.push(...states);
      else this.#listener.onStates(states);
    });
    client.on('case.drafted', (draft) => this.#listener.onDraft(draft));
    client.on('case.opened', (info) => void this.#take(client, info).catch(() => undefined)); // a lost one comes back
    client.on('case.refused', ({ problem }) => this.#listener.onProblem(problem));
    const look = async (): Promise<void> => {
      const before = this.#info;
      if (!before?.heldBy || this.#meanwhile) return;
      const now = await client.call('case.state', {});
      if (!now.heldBy || now.decisions !== before.decisions) await this.#take(client, now);
    };
    const looking = setInterval(() => void look().catch(() => undefined), IN_USE_RETRY_MS);
    client.onClose(() => clearInterval(looking));
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
