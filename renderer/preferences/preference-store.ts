import { createContext } from 'react';
import { messageOf } from '../../shared/errors';
import type { SavedReading } from '../../shared/choices';
import type { Preferences, SavedView } from '../../shared/preferences';
import type { Client } from '../../shared/rpc';
import { Store } from '../store';

interface PreferenceState {
  /** Undefined until they have come from the engine. */
  preferences: Preferences | undefined;
  /** Why they are not what they were, or are not kept; for people. */
  notice: string | undefined;
}

/** What somebody likes; the engine keeps it in a file of the user's, so that it outlives the page and its address. */
export class PreferenceStore extends Store<PreferenceState> {
  #client: Client | undefined;
  /** What was kept is known: before that nothing is written over it. */
  #read = false;

  constructor() {
    super({ preferences: undefined, notice: undefined });
  }

  /** Reads them once; an engine that was started again keeps what the page has. */
  async attach(client: Client): Promise<void> {
    this.#client = client;
    if (this.#read) return;
    try {
      const { preferences, notice } = await client.call('preferences.read', {});
      this.#read = true;
      this.patch({ preferences: { ...preferences, ...this.state.preferences }, notice: notice ?? undefined });
    } catch (error) {
      this.patch({ notice: `The preferences could not be read. ${messageOf(error)}` });
    }
  }

  /** Calls back once, when they have come; at once when they have come already. What comes back ends the wait. */
  whenRead(listener: (preferences: Preferences) => void): () => void {
    const tell = (): boolean => {
      if (this.state.preferences && this.#read) listener(this.state.preferences);
      return this.#read;
    };
    if (tell()) return () => undefined;
    const end = this.subscribe(() => {
      if (tell()) end();
    });
    return end;
  }

  /** Changes some of them (undefined takes one back), and keeps them. Never rejects: what is not kept is said in `notice`. */
  async change(change: { [K in keyof Preferences]?: Preferences[K] | undefined }): Promise<void> {
    const preferences = whole({ ...this.state.preferences, ...change });
    this.patch({ preferences, notice: undefined });
    if (!this.#read) return;
    try {
      await this.#client?.call('preferences.write', { preferences });
    } catch (error) {
      this.patch({ notice: messageOf(error) });
    }
  }

  dismiss(): void {
    this.patch({ notice: undefined });
  }

  /** Under its name, in place of the view that had it. */
  saveView(view: SavedView): Promise<void> {
    const others = (this.state.preferences?.views ?? []).filter(({ name }) => name !== view.name);
    const views = [...others, view].toSorted((a, b) => a.name.localeCompare(b.name));
    return this.change({ views });
  }

  /** Under its name, in place of the reading that had it. */
  saveReading(part: Pick<SavedReading, 'name' | 'shape' | 'choices'>): Promise<void> {
    const reading: SavedReading = { schema: 'doppel.mapping/1', savedAt: Date.now(), ...part };
    const others = this.#readingsBut(reading.name);
    return this.change({ readings: [...others, reading].toSorted((a, b) => a.name.localeCompare(b.name)) });
  }

  /** Does nothing when no reading has the name. */
  async renameReading(name: string, to: string): Promise<void> {
    const reading = this.state.preferences?.readings?.find((each) => each.name === name);
    if (!reading) return;
    const others = this.#readingsBut(name).filter((each) => each.name !== to);
    const readings = [...others, { ...reading, name: to }].toSorted((a, b) => a.name.localeCompare(b.name));
    await this.change({ readings });
  }

  deleteReading(name: string): Promise<void> {
    return this.change({ readings: this.#readingsBut(name) });
  }

  #readingsBut(name: string): SavedReading[] {
    return (this.state.preferences?.readings ?? []).filter((each) => each.name !== name);
  }

  deleteView(name: string): Promise<void> {
    return this.change({ views: (this.state.preferences?.views ?? []).filter((view) => view.name !== name) });
  }
}

/** Without what was taken back. */
function whole(preferences: { [K in keyof Preferences]?: Preferences[K] | undefined }): Preferences {
  const entries = Object.entries(preferences).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Preferences; // what is left is what was there
}

export const PreferencesContext = createContext(new PreferenceStore());
