import { MOST_FILES } from '../../shared/contract';
import { DoppelError } from '../../shared/errors';
import { isSystemFile } from '../../shared/sources';
import type { LeftOutReason } from '../../shared/sources';

/** A file that somebody chose or dropped. */
export interface ChosenFile {
  file: File;
  /** What to call it: for one that came with its folder, the path from there, such as `logs/monday/a.json`. */
  name: string;
  /** It came with its folder: one that is no log is left out, and the rest is read all the same. */
  isFound: boolean;
  /** Why it is not even handed over. */
  leftOut?: LeftOutReason;
}

/** What is to be left out is told without its content. */
export function bytesToSend({ file, leftOut }: ChosenFile): number {
  return leftOut === undefined ? file.size : 0;
}

/** Throws `usage` for more files than can be handed over at once. */
export function checkCount(files: readonly ChosenFile[]): void {
  if (files.length <= MOST_FILES) return;
  const remedy = 'Name the folder on the command line (doppel serve FOLDER), or open a folder in it.';
  throw new DoppelError('usage', `${files.length} files are more than the page hands over at once. ${remedy}`);
}

/** Files as a dialog gives them: those of a folder know their path in it. */
export function chosenFiles(files: Iterable<File>): ChosenFile[] {
  return [...files].map((file) =>
    file.webkitRelativePath ? foundFile(file, file.webkitRelativePath) : { file, name: file.name, isFound: false },
  );
}

/**
 * What was dropped, with every folder replaced by the files in it, by name. Call it while the drop is handled. Throws
 * `file-missing` when there is no file, and `file-unreadable`.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<ChosenFile[]> {
  // the list is emptied as soon as the event is over
  const dropped = [...transfer.items].map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const found = await Promise.all(
    dropped.map(async ({ entry, file }): Promise<ChosenFile[]> => {
      if (entry?.isDirectory) return filesIn(entry);
      return file ? [{ file, name: file.name, isFound: false }] : [];
    }),
  ).catch((error: unknown) => {
    // what the browser throws has no words for people
    const remedy = 'Check its permissions, or name it on the command line.';
    throw new DoppelError('file-unreadable', `The folder could not be read. ${remedy}`, { cause: error });
  });
  if (found.flat().length === 0) throw new DoppelError('file-missing', 'There is no file in that folder.');
  return found.flat();
}

function foundFile(file: File, path: string): ChosenFile {
  const leftOut = leftOutReason(file, path);
  return { file, name: path, isFound: true, ...(leftOut === undefined ? {} : { leftOut }) };
}

/** As the engine leaves out what lies in a folder, but before it is sent. The folder itself was chosen, whatever its name. */
function leftOutReason(file: File, path: string): LeftOutReason | undefined {
  if (isSystemFile(path)) return 'system-file';
  const [, ...below] = path.split('/');
  if (below.some((name) => name.startsWith('.'))) return 'hidden';
  return file.size === 0 ? 'empty' : undefined;
}

async function filesIn(entry: FileSystemEntry): Promise<ChosenFile[]> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    return [foundFile(file, entry.fullPath.replace(/^\//u, ''))];
  }
  if (!isFolder(entry)) return [];
  const files: ChosenFile[] = [];
  for (const each of await entriesOf(entry)) files.push(...(await filesIn(each)));
  return files;
}

async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  // a browser tells of about 100 at a time, and of none at the end
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    entries.push(...some);
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
