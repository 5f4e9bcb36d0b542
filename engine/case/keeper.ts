import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import type { KnownCase } from '../../shared/cases';
import type { CaseState } from '../../shared/decisions';
import type { CaseTold } from '../../shared/engine-control';
import { Case } from './case';
import { nodeFs } from './file-system';
import { KnownCases, caseName } from './known-cases';
import { holderOf } from './lock';
import { osUser } from './os-user';

export interface KeeperOptions {
  /** The case to begin with; without it the one opened last, else the default one of the data folder. */
  folder?: string | undefined;
  /** The user's data folder. */
  data?: string | undefined;
  /** A file of this run of the shell that names the case that is open, for when this process is started again. */
  session?: string | undefined;
  /** Hears which case is open, and whether this process holds it. Before it is open, which one it will be. */
  onCase?: ((told: CaseTold) => void) | undefined;
}

/** The one case that is open, and how another takes its place. It is opened by the first call; a failure is tried again by the next. */
export class CaseKeeper {
  readonly #known: KnownCases;
  readonly #session: string | undefined;
  readonly #first: () => string;
  readonly #onCase: (told: CaseTold) => void;
  #told: CaseTold | undefined;
  #folder: string | undefined;
  #opening: Promise<Case> | undefined;
  /** One change of the case at a time. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor({ folder, data, session, onCase = () => undefined }: KeeperOptions) {
    this.#known = new KnownCases(data);
    this.#session = session;
    this.#onCase = onCase;
    this.#first = () => readSession(session) ?? folder ?? this.#known.first();
  }

  /** Tells which case the first call will open. */
  announce(): void {
    try {
      this.#tell({ folder: this.#first(), mayWrite: false });
    } catch {
      // whoever opens it hears why there is none
    }
  }

  async opened(): Promise<Case> {
    this.#opening ??= (async () => {
      this.#folder ??= this.#first();
      const store = await this.#open(this.#folder);
      this.#tell(toldOf(this.#folder, store));
      return store;
    })();
    try {
      return await this.#opening;
    } catch (error) {
      this.#opening = undefined;
      throw error;
    }
  }

  /** What is open. A case that somebody else had open is tried again, and what they have decided meanwhile is read. */
  state(): Promise<CaseState> {
    return this.#inTurn(async () => {
      const store = await this.opened();
      if (!store.isHeldElsewhere || this.#folder === undefined) return store.info();
      const next = await this.#open(this.#folder);
      await this.#replace(this.#folder, next);
      return next.info();
    });
  }

  /** Opens a known case in place of the one that is open, which stays where that fails. */
  openKnown(id: string): Promise<CaseState> {
    return this.change(() => this.#known.folderOf(id));
  }

  make(name: string): Promise<CaseState> {
    return this.change(() => this.#known.newFolder(name));
  }

  /** Opens the case in a folder, made when there is none, in place of the one that is open. */
  change(folderOf: () => string): Promise<CaseState> {
    return this.#inTurn(async () => {
      const folder = folderOf();
      const before = await this.opened().catch(() => undefined);
      if (folder === this.#folder && before) return before.info();
      const next = await this.#open(folder);
      await this.#replace(folder, next);
      return next.info();
    });
  }

  async list(): Promise<KnownCase[]> {
    const folders = this.#known.folders;
    if (this.#folder !== undefined && !folders.includes(this.#folder)) folders.unshift(this.#folder);
    return Promise.all(
      folders.map(async (folder) => ({
        id: this.#known.idOf(folder),
        name: caseName(folder),
        folder,
        open: folder === this.#folder,
        heldBy: (await holderOf(nodeFs, folder).catch(() => undefined)) ?? null,
      })),
    );
  }

  async close(): Promise<void> {
    await this.#turn.catch(() => undefined);
    const store = await this.#opening?.catch(() => undefined); // one that was never open needs no closing
    await store?.close();
  }

  async #open(folder: string): Promise<Case> {
    const store = await Case.open(folder, { author: osUser(), readOnlyInUse: true });
    this.#known.remember(folder);
    return store;
  }

  async #replace(folder: string, next: Case): Promise<void> {
    const before = await this.#opening?.catch(() => undefined);
    this.#folder = folder;
    this.#opening = Promise.resolve(next);
    keepSession(this.#session, folder);
    this.#tell(toldOf(folder, next));
    // whoever has just been given the old one does with it what they were about to do
    await new Promise((resolve) => setImmediate(resolve));
    await before?.close();
  }

  #tell(told: CaseTold): void {
    const before = this.#told;
    if (before?.folder === told.folder && before.mayWrite === told.mayWrite) return;
    this.#told = told;
    this.#onCase(told);
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(act);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}

function toldOf(folder: string, store: Case): CaseTold {
  return { folder, mayWrite: store.info().readOnly === null };
}

function readSession(file: string | undefined): string | undefined {
  if (file === undefined || !existsSync(file)) return undefined;
  const folder = readFileSync(file, 'utf8');
  return isAbsolute(folder) ? folder : undefined;
}

function keepSession(file: string | undefined, folder: string): void {
  try {
    if (file !== undefined) writeFileSync(file, folder, { mode: 0o600 });
  } catch {
    // it would be missed only after a crash, and the page shows which case is open
  }
}
