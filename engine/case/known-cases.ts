import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { DoppelError, messageOf } from '../../shared/errors';
import { JOURNAL } from './load';

/** The cases opened last, the latest first, are kept in a small file. Losing it loses no case, only where some lie. */
const Remembered = v.object({ folders: v.array(v.string()) });
const KEPT = 50;

/** The cases of a user: those in the folder `cases` of their data folder, and others that were opened from elsewhere. */
export class KnownCases {
  readonly #data: string | undefined;

  /** Without a data folder nothing is remembered. */
  constructor(data: string | undefined) {
    this.#data = data;
  }

  /** Their folders: the one opened last comes first. */
  get folders(): string[] {
    return [...new Set([...this.#remembered(), ...this.#own()])];
  }

  idOf(folder: string): string {
    return createHash('sha256').update(folder).digest('hex').slice(0, 16);
  }

  /** Throws `file-missing`. */
  folderOf(id: string): string {
    const folder = this.folders.find((each) => this.idOf(each) === id);
    if (folder === undefined) throw new DoppelError('file-missing', 'That case is not there any more. Choose another.');
    return folder;
  }

  /** The folder of a new case of that name. Throws `bad-params` when there is one. */
  newFolder(name: string): string {
    if (this.#data === undefined) throw new DoppelError('internal', 'There is no folder for new cases.');
    const folder = join(this.#casesFolder(this.#data), name);
    if (existsSync(folder)) {
      throw new DoppelError('bad-params', `There is a case called ${name} already. Open it, or choose another name.`);
    }
    return folder;
  }

  /** The case opened last, else the default one. It belongs to no log: decisions belong to findings by id. */
  first(): string {
    const [last] = this.#remembered();
    if (last !== undefined) return last;
    if (this.#data === undefined) throw new DoppelError('internal', 'No case is named.');
    return join(this.#casesFolder(this.#data), 'Default');
  }

  /** Never throws: where it cannot be kept, the case is simply not the first next time. */
  remember(folder: string): void {
    if (this.#data === undefined || this.#remembered()[0] === folder) return;
    const file = join(this.#data, 'cases.json');
    const folders = [...new Set([folder, ...this.#remembered()])].slice(0, KEPT);
    try {
      writeFileSync(`${file}.${process.pid}.new`, JSON.stringify({ folders }), { mode: 0o600 });
      renameSync(`${file}.${process.pid}.new`, file);
    } catch {
      // a convenience
    }
  }

  #remembered(): string[] {
    if (this.#data === undefined) return [];
    try {
      const read = v.parse(Remembered, JSON.parse(readFileSync(join(this.#data, 'cases.json'), 'utf8')));
      return read.folders.filter((folder) => existsSync(join(folder, JOURNAL)));
    } catch {
      return []; // none yet, or damaged: then the folder of cases tells
    }
  }

  #own(): string[] {
    if (this.#data === undefined) return [];
    const cases = join(this.#data, 'cases');
    try {
      const folders = readdirSync(cases)
        .toSorted()
        .map((name) => join(cases, name));
      return folders.filter((folder) => existsSync(join(folder, JOURNAL)));
    } catch {
      return [];
    }
  }

  #casesFolder(data: string): string {
    const cases = join(data, 'cases');
    try {
      mkdirSync(cases, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw new DoppelError('not-saved', `${cases} cannot be made. ${messageOf(error)}`, { cause: error });
    }
    return cases;
  }
}

/** `Default` of `/home/ann/.local/share/doppel/cases/Default` */
export function caseName(folder: string): string {
  return basename(folder);
}
