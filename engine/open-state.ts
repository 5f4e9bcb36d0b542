import { rm } from 'node:fs/promises';
import type { Choices, SavedReading } from '../shared/choices';
import type { FileHandle, Progress, Result } from '../shared/contract';
import { whyNoEvents } from '../shared/account-words';
import { DEFAULT_PARAMETERS } from '../shared/domain';
import type { DetectionSummary, LogSummary, Parameters } from '../shared/domain';
import type { GrantedPath } from '../shared/engine-control';
import type { JournalRecord } from '../shared/handed-over';
import type { Limits } from '../shared/sources';
import { DoppelError } from '../shared/errors';
import { makeFolderIn } from './temp-folder';
import type { WhyNot } from '../shared/why-not';
import type { CacheNews } from '../shared/cache';
import type { CaseCache } from './cache/case-cache';
import type { Database } from './db';
import { detect } from './detect/detect';
import { foundBefore } from './detect/tables';
import { whyNot } from './detect/why-not';
import { firstFindings } from './detect/first-findings';
import { GrantedFiles } from './granted-files';
import { choicesThen, differencesOf, otherResult } from './handover/differences';
import { openHandover } from './handover/read';
import { handoverAmong } from './handover/unpack';
import { openLog } from './ingest/open-log';
import type { LastOpened } from './last-opened';
import type { Log } from './ingest/open-log';
import type { Waiting } from './ingest/read-again';
import { ReadAhead, keyOf } from './read-ahead';
import type { FileToOpen } from './sources/source';

interface Work {
  signal: AbortSignal;
  progress: (progress: Progress) => void;
}

interface How {
  limits: Limits | undefined;
  saved: readonly SavedReading[];
  /** The files are read, whatever the cache of the case has. */
  fresh?: boolean;
}

interface Reading extends Work, How {
  folder: string;
}

/** `decisions`: those that came with it, where it is a hand-over. */
interface Opened {
  log: Log;
  folder: string;
  detection: DetectionSummary | null;
  decisions: readonly JournalRecord[];
}

/** What is open, and how that changes. The log that is open stays until the next one has been read whole. */
export class OpenLog {
  readonly granted = new GrantedFiles();
  readonly #tempFolder: string;
  readonly #last: LastOpened;
  readonly #ahead = new ReadAhead();
  readonly #cache: CaseCache | undefined;
  #open: Opened | undefined;
  #opening: AbortController | undefined;

  constructor(tempFolder: string, last: LastOpened, cache?: CaseCache) {
    this.#tempFolder = tempFolder;
    this.#last = last;
    this.#cache = cache;
  }

  get state(): { log: LogSummary | null; detection: DetectionSummary | null } {
    return { log: this.#open?.log.summary ?? null, detection: this.#open?.detection ?? null };
  }

  /** What an engine before this one had open, for who asks while nothing is. Its files are those that are granted; `sample` grants the sample. */
  async before(sample: (path: string) => Promise<FileHandle | undefined>): Promise<Result<'log.state'>['before']> {
    const { before } = this.#last;
    if (this.#open || !before) return null;
    const choices: Record<string, Choices> = {};
    const files: FileHandle[] = [];
    for (const { path, choices: chosen } of before.files) {
      const handle = (await this.granted.handleOf(path)) ?? (await sample(path));
      if (!handle) continue;
      files.push(handle);
      if (chosen) choices[handle.id] = chosen;
    }
    return files.length === 0 ? null : { files, choices, parameters: before.parameters ?? null };
  }

  /** The log to ask; throws `nothing-open` while there is none. */
  get log(): Log {
    if (!this.#open) throw new DoppelError('nothing-open', 'No log is open. Open a log file first.');
    return this.#open.log;
  }

  /** The log once a detection has run over it; throws `nothing-open` before that. */
  get detected(): Log {
    if (!this.#open?.detection)
      throw new DoppelError('nothing-open', 'Nothing has been detected yet. Open a log file first.');
    return this.#open.log;
  }

  /** A granted file, or what came out of it under this name: the log that is open still has it. */
  fileOf(id: string, name: string | undefined): GrantedPath {
    const granted = this.granted.get(id);
    const { files = [], unread = [] } = this.#open?.log ?? {};
    const found = [...files, ...unread].find((file) => file.id === id && file.name === name);
    return found ? { path: found.path, name: found.name } : granted;
  }

  /** The log to ask for what needs every record. Throws also `log-needed`, where a case was handed over without it. */
  get wholeLog(): Log {
    if (isHandedOver(this.#open?.log)) throw logNeeded();
    return this.log;
  }

  /** The same once a detection has run over it. */
  get wholeDetected(): Log {
    if (isHandedOver(this.#open?.log)) throw logNeeded();
    return this.detected;
  }

  /** The decisions that came with the hand-over that is open; none where a log is. */
  get handedDecisions(): readonly JournalRecord[] {
    return this.#open?.decisions ?? [];
  }

  /**
   * Reads files as one log, or a hand-over file, and puts it in place of what was open. A later call cancels an earlier
   * one. A file that nothing was chosen for is read as was `saved` for its shape.
   */
  async open(
    ids: readonly string[],
    choices: Readonly<Record<string, Choices>>,
    work: Work,
    how: How,
  ): Promise<LogSummary> {
    const files = this.#filesOf(ids, choices);
    const handedOver = await handoverAmong(files);
    const takeBack = this.#last.opening(
      files.map(({ path, choices: chosen }) => ({ path, ...(chosen && { choices: chosen }) })),
    );
    try {
      const opened = await this.#replace(work, async (folder, signal) => {
        if (handedOver) return { ...(await openHandover(handedOver, { folder, limits: how.limits, signal })), folder };
        const log = await this.#read(files, { ...work, ...how, signal, folder });
        return { log, folder, detection: null, decisions: [] };
      });
      return opened?.log.summary ?? this.log.summary;
    } catch (error) {
      takeBack();
      throw error;
    }
  }

  /** Begins to read files that nobody has asked for yet, and somebody will. */
  readAhead(ids: readonly string[], limits: Limits | undefined, saved: readonly SavedReading[]): void {
    const files = this.#filesOf(ids, {});
    this.#ahead.begin(files, keyOf(files, limits, saved), async (work) =>
      (await handoverAmong(files))
        ? undefined
        : this.#openLog(files, { ...work, folder: this.#tempFolder, limits, saved }),
    );
  }

  #filesOf(ids: readonly string[], choices: Readonly<Record<string, Choices>>): FileToOpen[] {
    return ids.map((id) => {
      const chosen = choices[id];
      return { ...this.granted.get(id), id, ...(chosen && { choices: chosen }) };
    });
  }

  /**
   * Opens the log of the hand-over that is open in its place, where its bytes are those that were handed over, and detects
   * as it was done then. Otherwise the hand-over stays open, and `differences` says what is other, in words.
   */
  async attach(
    ids: readonly string[],
    work: Work,
    limits?: Limits,
  ): Promise<{ log: LogSummary | null; detection: DetectionSummary | null; differences: string[] }> {
    const before = this.#open;
    const handedOver = before?.log.summary.handedOver;
    if (!before?.detection || !handedOver || handedOver.isAttached)
      throw new DoppelError('nothing-open', 'No hand-over without its log is open.');
    const then = before.detection;
    const files = ids.map((id) => {
      const file = this.granted.get(id);
      return { ...file, id, choices: choicesThen(before.log.summary, file.name) };
    });
    let differences: string[] = [];
    const opened = await this.#replace(work, async (folder, signal) => {
      // what is compared is what the files hold now
      const log = await this.#read(files, { ...work, signal, folder, limits, saved: [], fresh: true });
      differences = differencesOf(before.log.summary, log.summary);
      if (differences.length > 0) {
        await log.close();
        return undefined;
      }
      const detection = await detect(log.database, then.parameters, { signal, progress: work.progress });
      const warnings = [...log.summary.warnings, ...otherResult(handedOver, then, detection)];
      const summary = { ...log.summary, warnings, handedOver: { ...handedOver, isAttached: true } };
      return { log: { ...log, summary }, folder, detection, decisions: before.decisions };
    });
    return { log: opened?.log.summary ?? null, detection: opened?.detection ?? null, differences };
  }

  async #read(files: FileToOpen[], options: Reading): Promise<Log> {
    if (options.fresh) await this.#ahead.drop();
    const ahead = await this.#ahead.take(files, keyOf(files, options.limits, options.saved), options);
    return ahead ?? this.#openLog(files, options);
  }

  #openLog(files: FileToOpen[], { folder, fresh = false, ...options }: Reading): Promise<Log> {
    const { limits, saved, signal } = options;
    const look = (database: Database): ReturnType<typeof firstFindings> => firstFindings(database, signal);
    const read = (again?: Waiting): Promise<Log> => {
      if (!again) return openLog(files, { ...options, tempFolder: folder, look });
      const progress = ({ file, bytesDone, bytesTotal }: Progress): void =>
        again.progress?.(file, bytesDone, bytesTotal);
      return openLog(files, { limits, saved, signal: again.signal, progress, tempFolder: folder });
    };
    return this.#cache?.open({ opened: files, limits, saved }, { tempFolder: folder, fresh, signal }, read) ?? read();
  }

  /** What came of keeping the log in the cache of the case, or of looking at the files of one that came out of it. */
  async cacheNews(signal: AbortSignal): Promise<CacheNews> {
    return this.#cache && this.#open ? this.#cache.news(this.#open.log, signal) : { is: 'nothing' };
  }

  /** Puts what `work` opens in place of what was open; undefined: leaves that. */
  async #replace(
    { signal }: Work,
    work: (folder: string, signal: AbortSignal) => Promise<Opened | undefined>,
  ): Promise<Opened | undefined> {
    this.#opening?.abort();
    const superseded = new AbortController();
    this.#opening = superseded;
    const folder = await makeFolderIn(this.#tempFolder, 'log-');
    try {
      const opened = await work(folder, AbortSignal.any([signal, superseded.signal]));
      if (opened) {
        await this.close();
        this.#open = opened;
      } else await rm(folder, { recursive: true, force: true });
      return opened;
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    } finally {
      if (this.#opening === superseded) this.#opening = undefined;
    }
  }

  async detect(parameters: Parameters, { signal, progress }: Work): Promise<DetectionSummary> {
    const { log } = this;
    if (isHandedOver(log)) {
      const then = this.#open?.detection;
      if (then && JSON.stringify(then.parameters) === JSON.stringify(parameters)) return then;
      throw logNeeded();
    }
    const found =
      foundBefore(log.database, parameters) ?? (await detect(log.database, parameters, { signal, progress }));
    const whyNone = found.findings === 0 ? [...found.whyNone, ...whyNoEvents(log.summary)] : [];
    const detection = { ...found, whyNone };
    if (this.#open?.log === log) {
      this.#open.detection = detection;
      this.#last.detected(parameters);
      this.#cache?.begin(log);
    }
    return detection;
  }

  /** Why a user is not flagged by the detection that is shown. */
  whyNot(user: string, signal: AbortSignal): Promise<WhyNot> {
    const { detected } = this;
    return whyNot(detected.database, this.#open?.detection?.parameters ?? DEFAULT_PARAMETERS, user, signal);
  }

  async close(): Promise<void> {
    await this.#ahead.drop();
    const open = this.#open;
    this.#open = undefined;
    if (!open) return;
    await open.log.close();
    await rm(open.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function isHandedOver(log: Log | undefined): boolean {
  return log?.summary.handedOver?.isAttached === false;
}

function logNeeded(): DoppelError {
  return new DoppelError(
    'log-needed',
    'This case was handed over without its log, and holds the records of the flagged users only. Attach the log first.',
  );
}
