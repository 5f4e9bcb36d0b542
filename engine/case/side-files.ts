import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import * as v from 'valibot';
import { Draft } from '../../shared/decisions';
import { PseudonymKey } from '../../shared/pseudonyms';
import { notSaved } from './file-system';
import type { CaseFs } from './file-system';
import { loadSealed, saveSealed } from './sealed-file';

const DRAFTS = 'drafts.json';
const PSEUDONYMS = 'pseudonyms.json';

/** The small files beside the journal, replaced whole: half-typed notes, the key of pseudonyms. */
export class SideFiles {
  readonly #disk: CaseFs;
  readonly #folder: string;
  readonly #caseId: string;
  readonly #drafts = new Map<string, string>();
  #pseudonymKey: string | undefined;

  /** Reads them; what cannot be used is added to `warnings`. */
  constructor(disk: CaseFs, folder: string, caseId: string, warnings: string[]) {
    this.#disk = disk;
    this.#folder = folder;
    this.#caseId = caseId;
    for (const { finding, text } of this.#load(DRAFTS, v.array(Draft), warnings) ?? []) this.#drafts.set(finding, text);
    this.#pseudonymKey = this.#load(PSEUDONYMS, v.object({ key: PseudonymKey }), warnings)?.key;
  }

  /** The key of the pseudonyms, made when it is first asked for; `mayWrite` throws where that cannot be. */
  pseudonymKey(mayWrite: () => void): string {
    if (this.#pseudonymKey === undefined) {
      mayWrite();
      const key = randomBytes(32).toString('hex');
      this.#save(PSEUDONYMS, { key });
      this.#pseudonymKey = key;
    }
    return this.#pseudonymKey;
  }

  get drafts(): Draft[] {
    return [...this.#drafts].map(([finding, text]) => ({ finding, text }));
  }

  /** Keeps a half-typed note; an empty text forgets it. */
  setDraft({ finding, text }: Draft): void {
    const others = this.drafts.filter((draft) => draft.finding !== finding);
    this.#save(DRAFTS, text === '' ? others : [...others, { finding, text }]);
    if (text === '') this.#drafts.delete(finding);
    else this.#drafts.set(finding, text);
  }

  #load<S extends v.GenericSchema>(name: string, schema: S, warnings: string[]): v.InferOutput<S> | undefined {
    const loaded = loadSealed(this.#disk, join(this.#folder, name), this.#caseId, schema);
    if (loaded !== 'broken') return loaded?.value;
    warnings.push(`${name} is damaged or belongs to another case, and is not used.`);
    return undefined;
  }

  #save(name: string, content: unknown): void {
    const path = join(this.#folder, name);
    try {
      saveSealed(this.#disk, path, this.#caseId, content);
    } catch (error) {
      throw notSaved(path, error);
    }
  }
}
