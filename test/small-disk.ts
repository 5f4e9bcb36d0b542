import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import type { TestContext } from 'vitest';

/** A real disk of that size (`2m`) at a path that is not there yet; only root can make one. */
export class SmallDisk {
  readonly path: string;
  readonly #missing: string | undefined;

  constructor(path: string, size: string) {
    this.path = path;
    mkdirSync(path);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'doppel-test', path], { stdio: 'pipe' });
    } catch (error) {
      this.#missing = `no small disk could be mounted: ${String(error).slice(0, 120)}`;
    }
  }

  /** Skips the test, and says so, where there is no such disk. */
  require(context: TestContext, instead = ''): void {
    if (this.#missing === undefined) return;
    console.log(`full disk: skipped, ${this.#missing}${instead}`);
    context.skip(this.#missing);
  }

  /** Also while something on it is still open. */
  remove(): void {
    if (this.#missing === undefined) execFileSync('umount', ['-l', this.path]);
  }
}
