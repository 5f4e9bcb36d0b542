/** The files of a log that came out of a cache: read again in the background, whole, and found to be what they were or not. */
import { stat } from 'node:fs/promises';
import type { Limits } from '../../shared/sources';
import { DoppelError } from '../../shared/errors';
import { rawTextOf } from '../evidence/kept-text';
import type { KeptText } from '../evidence/kept-text';
import type { RawText } from '../evidence/raw-records';
import { identityOf } from '../evidence/source-file';
import { copyPaths } from '../ingest/read-input';
import { runPrepare } from '../ingest/run-prepare';
import { Allowance } from '../sources/allowance';
import { expand } from '../sources/expand';
import type { Expanded } from '../sources/expand';
import type { FileToOpen } from '../sources/source';
import type { LogSummary } from '../../shared/domain';
import type { KeptFile } from './contents';

interface TextsOptions {
  kept: readonly KeptText[];
  /** Those of the log; a file out of an archive learns here where it lies. */
  files: KeptFile[];
  summary: LogSummary;
  opened: readonly FileToOpen[];
  /** Of the log, private. */
  folder: string;
  limits: Limits | undefined;
}

/** Errors that do not tell that a file is another one. */
const UNTOLD: ReadonlySet<string> = new Set(['cancelled', 'internal', 'disk-full', 'unpacks-too-far']);

/**
 * The texts of a log of which the records are known already. A plain file is read where it lies; what is packed is
 * unpacked once, when it is first needed, or looked through.
 */
export class Texts {
  readonly #options: TextsOptions;
  readonly #stop = new AbortController();
  readonly #texts = new Map<number, Promise<RawText>>();
  #expanded: Promise<Expanded> | undefined;
  #changed: Promise<string[]> | undefined;
  /** One file at a time is read whole. */
  #turn: Promise<unknown> = Promise.resolve();
  readonly #other = new Set<string>();

  constructor(options: TextsOptions) {
    this.#options = options;
  }

  /** Throws `file-changed` for a packed file that is not what it was, and what unpacking it throws. */
  of(file: number): Promise<RawText> {
    const known = this.#texts.get(file) ?? this.#open(file);
    this.#texts.set(file, known);
    known.catch(() => undefined); // whoever asked hears of it
    return known;
  }

  /** The names of files that are not what they were, by the SHA-256 of every one of them; each is read whole. */
  changed(): Promise<string[]> {
    this.#changed ??= this.#look();
    return this.#changed;
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.allSettled([this.#changed, this.#expanded, this.#turn, ...this.#texts.values()]);
  }

  async #look(): Promise<string[]> {
    for (const [file, kept] of this.#options.kept.entries()) {
      const name = this.#options.files[file]?.name ?? '';
      try {
        const text = await this.of(file);
        if (kept.isPart || kept.isCopied) continue; // it has been read whole on the way
        const problem = await this.#inTurn(async () => text.check?.verify(this.#stop.signal));
        if (problem) this.#other.add(name);
      } catch (error) {
        if (!(error instanceof DoppelError) || UNTOLD.has(error.code)) throw error;
        this.#other.add(name);
      }
    }
    return [...this.#other];
  }

  async #open(file: number): Promise<RawText> {
    const { kept, folder, files, limits } = this.#options;
    const own = kept[file];
    const named = files[file];
    if (!own || !named) throw new DoppelError('internal', 'There is no such file in this log.');
    const at = own.isPart ? await this.#part(file) : own;
    if (!own.isCopied) return rawTextOf(at, undefined);
    return this.#inTurn(async () => {
      const { path, container, encoding, cut, bytes } = at;
      const { copy } = copyPaths(folder, file);
      const allowance = Allowance.of(named.name, bytes, limits).state;
      const job = { path, name: named.name, container, encoding, cut, allowance, copyTo: copy };
      const { sha256 } = await runPrepare(job, bytes, { signal: this.#stop.signal, progress: () => undefined });
      if (sha256 !== own.sha256) throw changed(named.name);
      return rawTextOf(own, copy);
    });
  }

  /** A file out of an archive: all archives are unpacked when the first of them is needed. */
  async #part(file: number): Promise<KeptText> {
    const { kept, files, opened, folder, limits, summary } = this.#options;
    this.#expanded ??= this.#inTurn(() =>
      expand(opened, { folder, limits, signal: this.#stop.signal, progress: () => undefined }),
    );
    const expanded = await this.#expanded;
    for (const { name, sha256 } of summary.archives ?? [])
      if (!expanded.archives.some((each) => each.name === name && each.sha256 === sha256)) this.#other.add(name);
    const [own, named, input] = [kept[file], files[file], summary.inputs[file]];
    const source = expanded.sources.find(({ shownPath }) => shownPath === named?.shownPath);
    if (!own || !named || !source) throw changed(named?.name ?? '');
    // what was written from rows is known by the file that has them
    if (source.original && source.original.sha256 !== input?.sha256) throw changed(named.name);
    named.path = source.path;
    const identity = identityOf(await stat(source.path));
    return { ...own, path: source.path, identity: source.original && identity };
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}

function changed(name: string): DoppelError {
  return new DoppelError('file-changed', `${name} is no longer what it was when it was read. Open it again.`);
}
