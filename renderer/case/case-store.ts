import type { CaseClient } from '../../shared/case-client';
import type { Channel } from '../../shared/channel';
import type { KnownCase } from '../../shared/cases';
import type { Activity, CaseState, Change, FindingState, Subject } from '../../shared/decisions';
import { DoppelError, messageOf } from '../../shared/errors';
import type { JournalRecord } from '../../shared/handed-over';
import type { Client } from '../../shared/rpc';
import { countOf } from '../format-number';
import { Store } from '../store';
import { CaseLink } from './case-link';
import { NOTHING_OPEN } from './case-view';
import type { CaseView } from './case-view';
import { changeInWords, notSavedInWords } from './change-words';
import type { Deciding } from './change-words';
import { DraftKeeper } from './draft-keeper';
import { EngineMirror } from './engine-mirror';
import { only, unknownSubjects } from './subjects';

/** One message of more would be large, and whoever waits for a change of 100,000 sees how far it is. */
const MOST_AT_ONCE = 2000;
/** Whom the findings are about is asked for so many of them: that takes hardly longer than for a few. */
const SUBJECTS_AT_ONCE = 5 * MOST_AT_ONCE;

interface ActivityPage {
  total: number;
  rows: Activity[];
}

/**
 * The page's view of the case: the case process has the truth, and tells what other pages decide. The engine gets a copy
 * of every state, so that it can sort and filter by it; a new engine gets them all again.
 */
export class CaseStore extends Store<CaseView> {
  #engine: Client | undefined;
  readonly #link = new CaseLink({
    onCase: (info, decisions) => this.#opened(info, decisions),
    onStates: (states) => this.#took(states),
    onDraft: ({ finding, text }) => {
      if (!this.#typed.has(finding)) this.#drafted(finding, text);
    },
    onProblem: (problem) => {
      if (!this.#failed) this.patch({ problem });
    },
  });
  readonly #mirror = new EngineMirror();
  /** Findings of which a draft was typed here: what another page types does not take its place on screen. */
  readonly #typed = new Set<string>();
  readonly #drafts = new DraftKeeper((draft) => this.#link.client.call('case.draft', draft));
  /** One decision at a time, in the order in which they were made. */
  #turn: Promise<void> = Promise.resolve();
  /** The decisions made here, the latest last: what undo takes back. */
  readonly #made: { batches: string[]; words: string }[] = [];
  /** `problem` is about a decision, and stays until one is saved. */
  #failed = false;

  constructor() {
    super(NOTHING_OPEN);
  }

  /** Connects, and again whenever the case process has been lost. Ends at once where the shell has no case. */
  keepConnected(open: () => Promise<Channel>): Promise<void> {
    return this.#link.keepConnected(open);
  }

  /** A page of the activity log of one finding, or of the whole case; newest first. Rejects `disconnected` while the case is away. */
  async activity(finding: string | undefined, offset: number, limit: number): Promise<ActivityPage> {
    return this.#link.client.call('activity.page', { ...(finding !== undefined && { finding }), offset, limit });
  }

  /** The cases that can be opened. Rejects `disconnected` while there is nobody to ask. */
  async cases(): Promise<KnownCase[]> {
    return this.#link.client.call('cases.list', {});
  }

  /** Opens another case in place of this one. Rejects with the reason where it stays as it is. */
  openCase(id: string): Promise<void> {
    return this.#link.openCase(id);
  }

  makeCase(name: string): Promise<void> {
    return this.#link.makeCase(name);
  }

  /** Takes over decisions that were handed over (`look`: takes none), and gives how many were not here yet. Rejects with the reason. */
  async take(records: JournalRecord[], look = false): Promise<number> {
    const { taken, states } = await this.#link.client.call('decisions.take', { records, look, ...this.#meant() });
    this.#took(states);
    return taken;
  }

  /** For what the page only reads of the case. Throws `disconnected` while it is away. */
  get client(): CaseClient {
    return this.#link.client;
  }

  /** A new engine knows nothing yet. */
  mirrorTo(engine: Client): void {
    this.#engine = engine;
    this.#mirror.engine = engine;
    const { info, decisions } = this.state;
    if (info) this.#mirror.tell(info.id, [...decisions.values()], true);
  }

  /** Resolves once the engine knows every decision that this page knows. */
  mirrored(): Promise<void> {
    return this.#mirror.told();
  }

  /** Who decides from now on; undefined: the user of the operating system. */
  chooseAuthor(author: string | undefined): void {
    if (author !== this.state.chosenAuthor) this.patch({ chosenAuthor: author });
  }

  /**
   * Makes one change to every finding. Never rejects; gives whether all of it is saved, and what is not is said in `problem`.
   */
  decide(findings: readonly string[], change: Change, options: Deciding = {}): Promise<boolean> {
    const { onSaved, signal, tell } = options;
    // the case that whoever decides sees now
    const meant = this.#meant();
    return this.#inTurn(async () => {
      const batches: string[] = [];
      const states: FindingState[] = [];
      let subjects: Record<string, Subject> = {};
      let saved = 0;
      try {
        while (saved < findings.length && !signal?.aborted) {
          const some = findings.slice(saved, saved + MOST_AT_ONCE);
          if (saved % SUBJECTS_AT_ONCE === 0) {
            const next = findings.slice(saved, saved + SUBJECTS_AT_ONCE);
            subjects = await unknownSubjects(this.#engine, next, this.state.decisions);
          }
          const making = { findings: some, change, subjects: only(some, subjects), ...this.#chosen(), ...meant };
          const decided = await this.#link.client.call('decisions.make', making);
          batches.push(decided.batch);
          states.push(...decided.states);
          saved += some.length;
          onSaved?.(saved);
        }
        this.dismissProblem();
        return saved === findings.length;
      } catch (error) {
        const some = saved === 0 ? '' : ` ${countOf(saved, 'finding')} before it are saved; undo takes them back.`;
        this.#fail(notSavedInWords(error, findings, this.state.decisions) + some);
        return false;
      } finally {
        // all parts at once: the page is not worked out anew after each
        if (states.length > 0) this.#took(states);
        const words = changeInWords(change, saved);
        if (batches.length > 0) this.#made.push({ batches, words });
        this.#tellUndo();
        this.tell(tell !== undefined && batches.length > 0 ? `${tell}: ${words}` : undefined, true);
      }
    });
  }

  /** Takes back the latest decision that was made in this page, of however many findings. */
  undo(): Promise<void> {
    const meant = this.#meant();
    return this.#inTurn(async () => {
      const states: FindingState[] = [];
      const made = this.#made.pop();
      if (!made) return this.tell('There is nothing to undo.');
      const left = [...made.batches];
      let replaced: unknown;
      try {
        for (const batch of made.batches) {
          try {
            const undone = await this.#link.client.call('decisions.undo', { batch, ...this.#chosen(), ...meant });
            states.push(...undone.states);
          } catch (error) {
            // what later decisions have replaced stays so; the other batches are undone all the same
            if (!(error instanceof DoppelError && error.code === 'nothing-to-undo')) throw error;
            replaced = error;
          }
          left.shift();
        }
        this.dismissProblem();
        if (replaced !== undefined) this.#fail(`Not undone: ${made.words}. ${messageOf(replaced)}`);
        this.tell(replaced === undefined ? `Undone: ${made.words}` : undefined);
      } catch (error) {
        this.#made.push({ ...made, batches: left }); // it can be tried again
        this.#fail(`Not undone: ${made.words}. ${messageOf(error)}`);
        this.tell(undefined);
      } finally {
        if (states.length > 0) this.#took(states);
      }
      this.#tellUndo();
    });
  }

  /** Keeps a half-typed note in the case, so that it outlives the page; an empty text forgets it. */
  draft(finding: string, text: string): void {
    if (text === '') this.#typed.delete(finding);
    else this.#typed.add(finding);
    this.#drafted(finding, text);
    this.#drafts.keep(finding, text);
  }

  /** Sends half-typed notes at once: the page may go away. */
  flushDrafts(): void {
    this.#drafts.flush();
  }

  /** Who decides here; empty while no case is open. */
  get author(): string {
    return this.state.chosenAuthor ?? this.state.info?.author ?? '';
  }

  /** Leads to a finding; undefined once it is shown. */
  want(wanted: string | undefined): void {
    this.patch({ wanted });
  }

  /** Says something for a while; undefined: nothing any more. */
  tell(words: string | undefined, undo = false): void {
    this.patch({ told: words === undefined ? undefined : { words, undo } });
  }

  dismissProblem(): void {
    this.#failed = false;
    this.patch({ problem: undefined });
  }

  #meant(): { case?: string } {
    return this.state.info ? { case: this.state.info.id } : {};
  }

  #chosen(): { author?: string } {
    const { chosenAuthor } = this.state;
    return chosenAuthor === undefined ? {} : { author: chosenAuthor };
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(act);
    this.#turn = mine.then(
      () => undefined,
      () => undefined, // whoever asked hears of it
    );
    return mine;
  }

  #tellUndo(): void {
    this.patch({ undoes: this.#made.at(-1)?.words });
  }

  #opened(info: CaseState, decisions: Map<string, FindingState>): void {
    if (this.state.info !== undefined && info.id !== this.state.info.id) {
      // what was done in another case is not undone in this one
      this.#made.length = 0;
      this.#typed.clear();
      this.patch({ undoes: undefined, told: undefined });
    }
    // what was typed here while the case was away is newer than what the case has
    const drafts = new Map(info.drafts.map(({ finding, text }) => [finding, text]));
    for (const [finding, text] of this.#drafts.openCase(info.id)) {
      if (text === '') drafts.delete(finding);
      else drafts.set(finding, text);
    }
    const told = this.#failed ? this.state.problem : undefined;
    // that somebody else has it open has a notice of its own
    this.patch({ info, decisions, drafts, problem: (info.heldBy ? null : info.readOnly) ?? told });
    this.#mirror.tell(info.id, [...decisions.values()], true);
  }

  #fail(problem: string): void {
    this.#failed = true;
    this.patch({ problem });
  }

  /** What another page has decided about the same finding meanwhile may be newer. */
  #took(states: readonly FindingState[]): void {
    const decisions = new Map(this.state.decisions);
    for (const state of states) {
      if (state.changedAt >= (decisions.get(state.finding)?.changedAt ?? 0)) decisions.set(state.finding, state);
    }
    this.patch({ decisions });
    if (this.state.info) this.#mirror.tell(this.state.info.id, states, false);
  }

  #drafted(finding: string, text: string): void {
    const drafts = new Map(this.state.drafts);
    if (text === '') drafts.delete(finding);
    else drafts.set(finding, text);
    this.patch({ drafts });
  }
}
