import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import * as v from 'valibot';
import { DoppelError, messageOf } from '../../shared/errors';
import { Preferences } from '../../shared/preferences';

/** Preferences are small; what is larger was not written by Doppel. */
export const LARGEST_BYTES = 1_000_000;

/** One small JSON file, replaced whole or not at all. Without a path the preferences last as long as this object. */
export class PreferencesFile {
  readonly #path: string | undefined;
  #unsaved: Preferences = {};

  constructor(path: string | undefined) {
    this.#path = path;
  }

  /** A file that is not what Doppel writes is set aside under another name, and `notice` says so. */
  read(): { preferences: Preferences; notice: string | null } {
    if (this.#path === undefined) return { preferences: this.#unsaved, notice: null };
    let size: number | undefined;
    try {
      size = statSync(this.#path, { throwIfNoEntry: false })?.size;
      if (size === undefined) return { preferences: {}, notice: null };
      if (size > LARGEST_BYTES) return this.#setAside('it is too large');
      const read = v.safeParse(Preferences, JSON.parse(readFileSync(this.#path, 'utf8')));
      return read.success ? { preferences: read.output, notice: null } : this.#setAside('it is damaged');
    } catch (error) {
      if (error instanceof SyntaxError) return this.#setAside('it is damaged');
      return { preferences: {}, notice: `The preferences cannot be read. ${messageOf(error)}` };
    }
  }

  /** Throws `not-saved`. */
  write(preferences: Preferences): void {
    this.#unsaved = preferences;
    if (this.#path === undefined) return;
    const bytes = Buffer.from(JSON.stringify(preferences));
    if (bytes.length > LARGEST_BYTES) {
      throw new DoppelError('not-saved', 'The preferences would be larger than 1 MB. Delete a saved view.');
    }
    const unfinished = `${this.#path}.${process.pid}.new`;
    try {
      mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
      const file = openSync(unfinished, 'w', 0o600);
      try {
        for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(unfinished, this.#path);
    } catch (cause) {
      throw new DoppelError('not-saved', `The preferences were not saved in ${this.#path}. ${messageOf(cause)}`, {
        cause,
      });
    }
  }

  #setAside(why: string): { preferences: Preferences; notice: string } {
    if (this.#path === undefined) return { preferences: {}, notice: why };
    const aside = `${this.#path}.damaged`;
    try {
      renameSync(this.#path, aside);
    } catch (error) {
      return { preferences: {}, notice: `The file of the preferences cannot be used: ${why}. ${messageOf(error)}` };
    }
    const kept = `${basename(aside)} in ${dirname(aside)}`;
    return {
      preferences: {},
      notice: `The file of the preferences cannot be used: ${why}. It was set aside as ${kept}.`,
    };
  }
}
