import { isDefault, withShape } from '../../shared/choices';
import type { Choices } from '../../shared/choices';
import type { FileHandle } from '../../shared/contract';
import type { InputSummary } from '../../shared/domain';
import { DoppelError, isCancelled } from '../../shared/errors';
import type { Client } from '../../shared/rpc';

/** Granted files that are one log, with what somebody decided about how they are read, by handle. */
export interface Files {
  sample: false;
  handles: readonly FileHandle[];
  choices: Readonly<Record<string, Choices>>;
}
/** What was opened, or is to be. */
export type Source = { sample: true } | Files;

/** For people: what is being opened. */
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
  /** It came out of a folder or an archive, and what is chosen counts for others in it too. */
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
    if (!reading.saved && !isDefault(reading.choices)) {
      const isPart = inputs.some((other) => other.file === id && other.name !== name);
      choices[id] = isPart ? withShape(choices[id] ?? {}, reading.shape, reading.choices) : reading.choices;
    }
    if (!named.has(id)) named.set(id, { id, name, bytes });
  }
  return { sample: false, handles: [...named.values()], choices };
}

/** A file that was left out, by the handle of what it came out of. */
export interface UnreadFile {
  file: string;
  name: string;
}

/** Whether what was granted is more than the file of this name: a folder, or an archive. */
function isArchive(file: string, name: string, { handles }: Files): boolean {
  return handles.find(({ id }) => id === file)?.name !== name;
}

/** To ask how an input of the open log is to be read. */
export function aboutInput(input: InputSummary, inputs: readonly InputSummary[], files: Files): Choosing {
  const { file: id, name, reading } = input;
  const isPart = inputs.filter(({ file }) => file === id).length > 1 || isArchive(id, name, files);
  return { file: { id, name }, choices: reading.choices, needed: false, isPart, files };
}

/** A file with what its columns look like; undefined when it is read without, or nobody could tell. */
async function withGuesses(
  client: Client,
  { id, name }: Choosing['file'],
  chosen: Choices,
  signal?: AbortSignal,
): Promise<Pick<Choosing, 'file' | 'choices'> | undefined> {
  const { format, reading } = await client.call('file.preview', { file: id, name, choices: chosen }, { signal });
  if (format !== null || Object.keys(reading.guesses).length === 0) return undefined;
  return { file: { id, name }, choices: { ...chosen, mapping: { ...reading.guesses, ...chosen.mapping } } };
}

/** To ask what the columns of a file are that was left out; undefined when nobody could tell. */
export async function aboutUnread(
  client: Client,
  { file, name }: UnreadFile,
  files: Files,
): Promise<Choosing | undefined> {
  // choices that were made for others in the same archive are for other columns
  const asked = await withGuesses(client, { id: file, name }, {});
  return asked && { ...asked, needed: true, isPart: isArchive(file, name, files), files };
}

/** To ask about the first file whose columns nobody knows; undefined when there is none. */
export async function firstUnread(client: Client, files: Files, signal: AbortSignal): Promise<Choosing | undefined> {
  const { handles, choices } = files;
  for (const { id, name } of handles) {
    try {
      const asked = await withGuesses(client, { id, name }, choices[id] ?? {}, signal);
      if (asked) return { ...asked, needed: true, isPart: false, files };
    } catch (error) {
      // what is no table of text, such as an archive, has no preview
      if (isCancelled(error) || signal.aborted) throw error;
    }
  }
  return undefined;
}

/** What is said once the dialog that asks is closed. */
export function unknownColumns({ file }: Choosing): DoppelError {
  const remedy = 'Open it again to say what they are.';
  return new DoppelError('mapping-needed', `Doppel does not know the columns of ${file.name}. ${remedy}`);
}
