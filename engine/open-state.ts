import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Choices, SavedReading } from '../shared/choices';
import type { FileHandle, Progress } from '../shared/contract';
import { whyNoEvents } from '../shared/account-words';
import { DEFAULT_PARAMETERS } from '../shared/domain';
import type { DetectionSummary, LogSummary, Parameters } from '../shared/domain';
import type { GrantedPath } from '../shared/engine-control';
import type { Limits } from '../shared/sources';
import { DoppelError } from '../shared/errors';
import type { WhyNot } from '../shared/why-not';
import type { Database } from './db';
import { detect } from './detect/detect';
import { whyNot } from './detect/why-not';
import { firstFindings } from './detect/first-findings';
import { GrantedFiles } from './granted-files';
import { openLog } from './ingest/open-log';
import type { Log } from './ingest/open-log';

interface Work {
  signal: AbortSignal;
  progress: (progress: Progress) => void;
}

/** What is open, and how that changes. The log that is open stays until the next one has been read whole. */
export class OpenLog {
  readonly granted = new GrantedFiles();
  readonly #tempFolder: string;
  #open: { log: Log; folder: string; detection: DetectionSummary | null } | undefined;
  #opening: AbortController | undefined;

  constructor(tempFolder: string) {
    this.#tempFolder = tempFolder;
  }

  get state(): { log: LogSummary | null; detection: DetectionSummary | null } {
    return { log: this.#open?.log.summary ?? null, detection: this.#open?.detection ?? null };
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

  /** A granted file, or what came out of it as the input of this name: the log that is open still has it. */
  fileOf(id: string, input: string | undefined): GrantedPath {
    const granted = this.granted.get(id);
    const found = this.#open?.log.files.find((file) => file.id === id && file.name === input);
    return found ? { path: found.path, name: found.name } : granted;
  }

  /**
   * Reads files as one log and puts it in place of the one that was open. A later call cancels an earlier one. A file
   * that nothing was chosen for is read as was `saved` for its shape.
   */
  async open(
    ids: readonly string[],
    choices: Readonly<Record<string, Choices>>,
    { signal, progress }: Work,
    limits: Limits | undefined,
    saved: readonly SavedReading[],
  ): Promise<LogSummary> {
    const files = ids.map((id) => {
      const chosen = choices[id];
      return { ...this.granted.get(id), id, ...(chosen && { choices: chosen }) };
    });
    this.#opening?.abort();
    const superseded = new AbortController();
    this.#opening = superseded;
    const folder = await mkdtemp(join(this.#tempFolder, 'log-'));
    try {
      const stop = AbortSignal.any([signal, superseded.signal]);
      const look = (database: Database): ReturnType<typeof firstFindings> => firstFindings(database, stop);
      const log = await openLog(files, { tempFolder: folder, progress, limits, saved, signal: stop, look });
      await this.close();
      this.#open = { log, folder, detection: null };
      return log.summary;
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    } finally {
      if (this.#opening === superseded) this.#opening = undefined;
    }
  }

  async detect(parameters: Parameters, { signal, progress }: Work): Promise<DetectionSummary> {
    const { log } = this;
    const found = await detect(log.database, parameters, { signal, progress });
    const whyNone = found.findings === 0 ? [...found.whyNone, ...whyNoEvents(log.summary)] : [];
    const detection = { ...found, whyNone };
    if (this.#open?.log === log) this.#open.detection = detection;
    return detection;
  }

  /** Why a user is not flagged by the detection that is shown. */
  whyNot(user: string, signal: AbortSignal): Promise<WhyNot> {
    const { detected } = this;
    return whyNot(detected.database, this.#open?.detection?.parameters ?? DEFAULT_PARAMETERS, user, signal);
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    if (!open) return;
    await open.log.close();
    await rm(open.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** The files that a shell has offered and the bundled sample, granted when they are asked for. */
export class Offers {
  readonly #granted: GrantedFiles;
  #offered: FileHandle[] = [];
  #sample: string | undefined;

  constructor(granted: GrantedFiles, sample: string | undefined) {
    this.#granted = granted;
    this.#sample = sample;
  }

  get offered(): FileHandle[] {
    return this.#offered;
  }

  /** Throws, naming the first file that cannot be read; then none is offered. */
  async offer(files: readonly GrantedPath[]): Promise<FileHandle[]> {
    this.#offered = await Promise.all(files.map((file) => this.#granted.grant(file)));
    return this.#offered;
  }

  set sample(path: string) {
    this.#sample = path;
  }

  grantSample(): Promise<FileHandle> {
    if (this.#sample === undefined)
      throw new DoppelError('file-missing', 'The sample is not part of this installation.');
    return this.#granted.grant({ path: this.#sample, name: 'day.ndjson (sample)' });
  }
}
