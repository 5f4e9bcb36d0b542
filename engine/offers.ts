import type { FileHandle } from '../shared/contract';
import type { GrantedPath } from '../shared/engine-control';
import { DoppelError } from '../shared/errors';
import type { GrantedFiles } from './granted-files';

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

  /** The sample where that is its path. */
  async sampleAt(path: string): Promise<FileHandle | undefined> {
    return path === this.#sample ? this.grantSample() : undefined;
  }

  grantSample(): Promise<FileHandle> {
    if (this.#sample === undefined)
      throw new DoppelError('file-missing', 'The sample is not part of this installation.');
    return this.#granted.grant({ path: this.#sample, name: 'day.ndjson (sample)' });
  }
}
