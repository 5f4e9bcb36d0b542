import { withShape } from '../shared/choices';
import type { Choices } from '../shared/choices';
import type { FileHandle, Progress, Result } from '../shared/contract';
import { DEFAULT_PARAMETERS } from '../shared/domain';
import type { InputSummary, LogSummary, Parameters } from '../shared/domain';
import { DoppelError, isCancelled, isDisconnected } from '../shared/errors';
import type { Client } from '../shared/rpc';
import type { DialogKind, Native } from './native';
import { bytesToSend, checkCount, chosenFiles, droppedFiles } from './open/folder-files';
import type { ChosenFile } from './open/folder-files';
import { problemOf } from './problem';
import { aboutInput, aboutUnread, filesOf, firstUnread, namesOf, unknownColumns } from './reading/files-of';
import type { Files, Source, UnreadFile } from './reading/files-of';
import { NOTHING_OPEN } from './session-state';
import type { SessionState, Work } from './session-state';
import { Store } from './store';
import { TimeLeft } from '../shared/time-left';

/** What is open and what is going on: the page's model of the engine. Methods never reject; they end in `problem`. */
export class Session extends Store<SessionState> {
  readonly native: Native;
  #source: Source | undefined;
  /** What an engine before this one had open, with the settings of its detection. */
  #before: { files: Files; parameters: Parameters | null } | undefined;
  #abort: AbortController | undefined;
  /** The work at hand; settled when none is. */
  #current: Promise<void> = Promise.resolve();
  /** Files handed over together are opened together: granted ones wait here until all have come. */
  #batch: { expected: number; handles: FileHandle[] } | undefined;

  constructor(native: Native) {
    super(NOTHING_OPEN);
    this.native = native;
  }

  /** The engine is there, for the first time or again: takes over what it has open, or opens what the shell offers. */
  async attach(client: Client): Promise<void> {
    this.#before = undefined;
    client.on('files.offered', (handles) => this.#offered(handles));
    try {
      const [state, offered] = await Promise.all([client.call('log.state', {}), client.call('files.offered', {})]);
      this.patch({
        client,
        lost: undefined,
        log: state.log ?? undefined,
        detection: state.detection ?? undefined,
        run: this.state.run + 1,
        reopen: state.before?.files.map(({ name }) => name),
      });
      if (state.before) return this.#remember(state.before);
      if (state.log && !state.detection) return await this.detect(DEFAULT_PARAMETERS);
      if (!state.log && offered.length > 0) return await this.open(offered);
    } catch (error) {
      // lost again at once: `lose` says so
      if (!isDisconnected(error)) this.patch({ client, problem: problemOf(error) });
    }
    return undefined;
  }

  lose(reason: string): void {
    this.#batch = undefined;
    this.patch({ lost: reason });
  }

  openDialog(kind: DialogKind = 'files', attaching = false): void {
    this.setAttaching(attaching);
    const open = this.native.openDialog?.(kind);
    open?.catch((error: unknown) => this.#fail(error));
  }

  /** Opens what was dropped: files, and the files in folders. */
  async openDropped(transfer: DataTransfer): Promise<void> {
    try {
      await this.#hand(this.native.takesFolders ? chosenFiles(transfer.files) : await droppedFiles(transfer));
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Hands dropped or chosen files to the shell, and opens them as one log once it has granted them all. */
  openFiles(files: Iterable<File>, attaching = false): Promise<void> {
    this.setAttaching(attaching);
    return this.#hand(chosenFiles(files));
  }

  #hand(files: readonly ChosenFile[]): Promise<void> {
    if (files.length === 0) return Promise.resolve();
    const names = files.map(({ name }) => name);
    const bytesTotal = files.reduce((sum, file) => sum + bytesToSend(file), 0);
    const work: Work = { kind: 'transfer', cancelling: false, files: names, bytesDone: 0, bytesTotal };
    return this.#work(work, async (signal) => {
      checkCount(files);
      this.#batch = { expected: files.length, handles: [] };
      try {
        await this.native.openFiles(files, {
          signal,
          onProgress: (bytesDone) => this.#show({ ...work, bytesDone }),
        });
      } catch (error) {
        this.#batch = undefined;
        throw error;
      }
    });
  }

  open(handles: readonly FileHandle[]): Promise<void> {
    if (this.state.attaching) return this.#attach(handles);
    return this.#openLog({ sample: false, handles, choices: {} });
  }

  /** Asks how a file of the open log is to be read. */
  askHowToRead(input: InputSummary): void {
    this.patch({ choosing: aboutInput(input, this.state.log?.inputs ?? [], this.#files()) });
  }

  /** Asks what the columns of a file are that was left out of the open log because nobody knows them. */
  async askAboutColumns(unread: UnreadFile): Promise<void> {
    try {
      this.patch({ choosing: await aboutUnread(this.#client(), unread, this.#files()) });
    } catch (error) {
      this.#fail(error);
    }
  }

  /**
   * Reads the files again, the one that was asked about under these choices; undefined: leaves it. `shape`: only those of
   * this shape among what came out of the same folder or archive.
   */
  readAs(choices: Choices | undefined, shape?: string): Promise<void> {
    const { choosing } = this.state;
    this.patch({ choosing: undefined });
    if (!choosing || !choices) return Promise.resolve();
    const { file, files } = choosing;
    const chosen = shape === undefined ? choices : withShape(files.choices[file.id] ?? {}, shape, choices);
    return this.#openLog({ ...files, choices: { ...files.choices, [file.id]: chosen } });
  }

  /** While `attaching`, what is opened is taken for the log of the hand-over that is open. */
  setAttaching(attaching: boolean): void {
    this.patch({ attaching, differences: [] });
  }

  openSample(): Promise<void> {
    return this.#openLog({ sample: true });
  }

  /** Opens what was open when the engine was lost, with the settings of then. */
  async openAgain(): Promise<void> {
    const before = this.#before;
    if (before) await this.#openLog(before.files, before.parameters);
  }

  /** Reads the files of the open log, whatever the cache of the case has. */
  readAgain(): Promise<void> {
    return this.#openLog(this.#source ?? this.#files(), this.state.detection?.parameters ?? null, true);
  }

  detect(parameters: Parameters): Promise<void> {
    const files = this.state.log?.inputs.map((input) => input.name) ?? [];
    return this.#work({ kind: 'detect', cancelling: false, files, progress: undefined }, (signal) =>
      this.#detect(parameters, files, signal),
    );
  }

  cancel(): void {
    if (!this.state.work || !this.#abort) return;
    this.patch({ work: { ...this.state.work, cancelling: true } });
    this.#abort.abort();
  }

  dismissProblem(): void {
    this.patch({ problem: undefined });
  }

  dismissReopen(): void {
    this.patch({ reopen: undefined });
  }

  /** `parameters`: those of the detection; null: as this analyst works. */
  #openLog(source: Source, parameters: Parameters | null = null, fresh = false): Promise<void> {
    const files = namesOf(source);
    return this.#work(
      { kind: 'open', cancelling: false, files, progress: undefined, timeLeft: undefined },
      async (signal) => {
        const log = await this.#read(source, files, signal, fresh);
        const before = this.state.detection?.parameters ?? DEFAULT_PARAMETERS;
        this.patch({ log, detection: undefined, reopen: undefined, attaching: false, differences: [] });
        if (log.handedOver) {
          const { detection } = await this.#client().call('log.state', {}, { signal });
          return this.patch({ detection: detection ?? undefined, run: this.state.run + 1 });
        }
        // bounds belong to the log that they were set for; the rest is how this analyst works
        return this.#detect(parameters ?? { ...before, fromMs: null, toMs: null }, files, signal);
      },
    );
  }

  /** The hand-over stays open where the files are other ones. */
  #attach(handles: readonly FileHandle[]): Promise<void> {
    const source: Source = { sample: false, handles, choices: {} };
    const files = namesOf(source);
    const work: Work = { kind: 'open', cancelling: false, files, progress: undefined, timeLeft: undefined };
    return this.#work(work, async (signal) => {
      const asked = { files: handles.map(({ id }) => id) };
      const onProgress = (progress: Progress): void => this.#show({ ...work, progress });
      const { log, detection, differences } = await this.#client().call('log.attach', asked, { signal, onProgress });
      if (!log || !detection) return this.patch({ differences, attaching: false });
      this.#source = source;
      return this.patch({ log, detection, run: this.state.run + 1, attaching: false, differences: [] });
    });
  }

  async #read(source: Source, files: readonly string[], signal: AbortSignal, fresh: boolean): Promise<LogSummary> {
    const before = this.#source;
    this.#source = source;
    try {
      const client = this.#client();
      const handles = source.sample ? [await client.call('files.sample', {})] : source.handles;
      const left = new TimeLeft();
      const work = { kind: 'open', cancelling: false, files } as const;
      const onProgress = (progress: Progress): void =>
        this.#show({ ...work, progress, timeLeft: left.words(progress, performance.now()) });
      const asked = { files: handles.map(({ id }) => id), choices: source.sample ? {} : { ...source.choices }, fresh };
      return await client.call('log.open', asked, { signal, onProgress });
    } catch (error) {
      // the log that was open still is; only an engine that was lost on the way has neither
      if (!isDisconnected(error)) this.#source = before;
      if (error instanceof DoppelError && error.code === 'mapping-needed' && !source.sample) {
        const choosing = await firstUnread(this.#client(), source, signal);
        if (!choosing) throw error;
        this.patch({ choosing });
        throw unknownColumns(choosing);
      }
      throw error;
    }
  }

  async #detect(parameters: Parameters, files: readonly string[], signal: AbortSignal): Promise<void> {
    const onProgress = (progress: Progress): void => this.#show({ kind: 'detect', cancelling: false, files, progress });
    const detection = await this.#client().call('detection.run', { parameters }, { signal, onProgress });
    this.patch({ detection, run: this.state.run + 1 });
  }

  /** One work at a time: new work cancels the old and starts when that has ended. */
  #work(work: Work, run: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    const before = this.#current;
    const mine = (async () => {
      await before;
      if (abort.signal.aborted) return;
      this.patch({ work, problem: undefined });
      try {
        await run(abort.signal);
      } catch (error) {
        this.#fail(error);
      } finally {
        this.patch({ work: undefined });
      }
    })();
    this.#current = mine;
    return mine;
  }

  #show(work: Work): void {
    this.patch({ work: { ...work, cancelling: this.#abort?.signal.aborted ?? false } });
  }

  #offered(handles: readonly FileHandle[]): void {
    const batch = this.#batch;
    if (batch) {
      batch.handles.push(...handles);
      if (batch.handles.length < batch.expected) return;
      this.#batch = undefined;
      void this.#current.then(() => this.open(batch.handles));
      return;
    }
    void this.open(handles);
  }

  /** It is offered, not opened: it may be what the engine died of. */
  #remember({ files, choices, parameters }: NonNullable<Result<'log.state'>['before']>): void {
    this.#before = { files: { sample: false, handles: files, choices }, parameters };
  }

  #files(): Files {
    return this.#source?.sample === false ? this.#source : filesOf(this.state.log?.inputs ?? []);
  }

  #client(): Client {
    if (!this.state.client) throw new DoppelError('disconnected', 'Try again when it is back.');
    return this.state.client;
  }

  #fail(error: unknown): void {
    if (!isCancelled(error)) this.patch({ problem: problemOf(error) });
  }
}
