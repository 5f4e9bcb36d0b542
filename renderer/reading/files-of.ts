import { isDefault } from '../../shared/choices';
import type { Choices } from '../../shared/choices';
import type { FileHandle } from '../../shared/contract';
import type { InputSummary } from '../../shared/domain';
import { isCancelled } from '../../shared/errors';
import type { Client } from '../../shared/rpc';

/** Granted files that are one log, with what somebody decided about how they are read, by handle. */
export interface Files {
  sample: false;
  handles: readonly FileHandle[];
  choices: Readonly<Record<string, Choices>>;
}
/** What was opened, or is to be. */
export type Source = { sample: true } | Files;

export function namesOf(source: Source | undefined): readonly string[] {
  if (!source) return [];
  return source.sample ? ['the sample day'] : source.handles.map((handle) => handle.name);
}

/** How a file is read is about to be chosen. */
export interface Choosing {
  file: { id: string; name: string };
  /** To start from. */
  choices: Choices;
  /** Doppel cannot read the file without. */
  needed: boolean;
  /** It came out of a folder or an archive, and what is chosen counts for the others in it too. */
  isPart: boolean;
  /** To be opened once it is chosen. */
  files: Files;
}

/**
 * The files of an open log with the choices that were made, for a page that was reloaded: it knows no handles, but the
 * inputs name them, those of one archive the same. What nobody chose, a saved reading among it, is left open.
 */
export function filesOf(inputs: readonly InputSummary[]): Files {
  const choices: Record<string, Choices> = {};
  const named = new Map<string, FileHandle>();
  for (const { file: id, name, bytes, reading } of inputs) {
    if (id === '') continue;
    if (!reading.saved && !isDefault(reading.choices)) choices[id] ??= reading.choices;
    if (!named.has(id)) named.set(id, { id, name, bytes });
  }
  return { sample: false, handles: [...named.values()], choices };
}

/** Whether what was granted is more than this input: a folder, or an archive. */
export function isPartOf({ file, name }: InputSummary, inputs: readonly InputSummary[], { handles }: Files): boolean {
  const isOnly = inputs.filter((each) => each.file === file).length === 1;
  return !isOnly || handles.find(({ id }) => id === file)?.name !== name;
}

/** The first file whose columns nobody knows, with what they look like; undefined when there is none. */
export async function firstUnread(
  client: Client,
  { handles, choices }: Files,
  signal: AbortSignal,
): Promise<Pick<Choosing, 'file' | 'choices'> | undefined> {
  for (const { id, name } of handles) {
    const chosen = choices[id] ?? {};
    try {
      const { format, reading } = await client.call('file.preview', { file: id, choices: chosen }, { signal });
      if (format !== null || Object.keys(reading.guesses).length === 0) continue;
      return { file: { id, name }, choices: { ...chosen, mapping: { ...reading.guesses, ...chosen.mapping } } };
    } catch (error) {
      // what is no table of text, such as an archive, has no preview
      if (isCancelled(error) || signal.aborted) throw error;
    }
  }
  return undefined;
}

/** The same files for a new engine, which knows them by new ids. */
export function renewed({ handles: old, choices: chosen }: Files, offered: readonly FileHandle[]): Files {
  const pool = [...offered]; // each is taken once: two files may have one name
  const choices: Record<string, Choices> = {};
  const handles = old.map((handle) => {
    const at = pool.findIndex((each) => each.name === handle.name);
    const now = (at === -1 ? undefined : pool.splice(at, 1)[0]) ?? handle;
    const choice = chosen[handle.id];
    if (choice) choices[now.id] = choice;
    return now;
  });
  return { sample: false, handles, choices };
}
