import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';

const KEPT = 10;
const Saved = v.object({ files: v.array(v.string()) });

/** The files opened last, newest first, kept in a small JSON file. Losing the list is no error: it is a convenience. */
export class RecentFiles {
  readonly #file: string;
  #paths: readonly string[];

  constructor(file: string) {
    this.#file = file;
    this.#paths = read(file);
  }

  get paths(): readonly string[] {
    return this.#paths;
  }

  add(paths: readonly string[]): void {
    this.#replace([...new Set([...paths, ...this.#paths])].slice(0, KEPT));
  }

  remove(path: string): void {
    this.#replace(this.#paths.filter((other) => other !== path));
  }

  clear(): void {
    this.#replace([]);
  }

  #replace(paths: readonly string[]): void {
    this.#paths = paths;
    const unfinished = `${this.#file}.new`;
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(unfinished, JSON.stringify({ files: paths }));
      // whole or not at all
      renameSync(unfinished, this.#file);
    } catch {
      // kept for this run only
    }
  }
}

function read(file: string): readonly string[] {
  try {
    return v.parse(Saved, JSON.parse(readFileSync(file, 'utf8'))).files.slice(0, KEPT);
  } catch {
    return [];
  }
}
