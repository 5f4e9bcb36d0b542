import * as v from 'valibot';
import { DoppelError } from '../../shared/errors';
import { createFile, notSaved, openFile, writeAll } from './file-system';
import type { CaseFs } from './file-system';
import { lineAt } from './lines';
import { DecisionRecord } from './record';
import { seal, unseal } from './seal';

/** Where in a journal a line lies. */
export interface Place {
  start: number;
  end: number;
}

/**
 * The journal's end, where lines are appended. What `append` has returned for is on disk. After a failed write nothing
 * is believed: the file is opened anew and cut back to what was acknowledged before the next line is written.
 */
export class Journal {
  readonly #disk: CaseFs;
  readonly #path: string;
  #fd: number;
  #end: number;
  #head: string;
  #failed = false;

  constructor(disk: CaseFs, path: string, fd: number, end: number, head: string) {
    this.#disk = disk;
    this.#path = path;
    this.#fd = fd;
    this.#end = end;
    this.#head = head;
  }

  /** Bytes that are acknowledged. */
  get end(): number {
    return this.#end;
  }

  /** The seal of the last line. */
  get head(): string {
    return this.#head;
  }

  /**
   * Appends lines, all or none, and returns once they are durable. Throws `disk-full` or `not-saved`, and
   * `case-damaged` when somebody else has changed the file.
   */
  append(values: readonly object[]): Place[] {
    let head = this.#head;
    let text = '';
    let end = this.#end;
    const places = values.map((value) => {
      const sealed = seal({ ...value, prev: head });
      const line = `${sealed.text}\n`;
      const start = end;
      text += line;
      head = sealed.h;
      end += Buffer.byteLength(line);
      return { start, end };
    });
    try {
      if (this.#failed) this.#reopen();
      this.#checkSize();
      this.#failed = true;
      writeAll(this.#disk, this.#fd, Buffer.from(text), this.#end);
      // data and the new size; a failure is never retried, because the kernel may have dropped the pages it could not write
      this.#disk.fdatasyncSync(this.#fd);
      this.#failed = false;
    } catch (error) {
      this.#cutBack();
      throw notSaved(this.#path, error);
    }
    this.#end = end;
    this.#head = head;
    return places;
  }

  /** The decision whose line starts there. */
  read(start: number): DecisionRecord {
    const record = v.safeParse(DecisionRecord, unseal(lineAt(this.#disk, this.#fd, start))?.value);
    if (!record.success) throw changedByOthers(this.#path);
    return record.output;
  }

  close(): void {
    this.#disk.closeSync(this.#fd);
  }

  #reopen(): void {
    const fd = openFile(this.#disk, this.#path, 'write');
    if (fd === undefined) throw changedByOthers(this.#path);
    try {
      if (this.#disk.fstatSync(fd).size > this.#end) this.#disk.ftruncateSync(fd, this.#end);
      this.#disk.fsyncSync(fd);
    } catch (error) {
      this.#disk.closeSync(fd);
      throw error;
    }
    const old = this.#fd;
    this.#fd = fd;
    this.#disk.closeSync(old);
  }

  #checkSize(): void {
    if (this.#disk.fstatSync(this.#fd).size !== this.#end) throw changedByOthers(this.#path);
  }

  /** So that a line which was not acknowledged does not turn up later. Where this fails too, #reopen does it. */
  #cutBack(): void {
    if (!this.#failed) return;
    try {
      this.#disk.ftruncateSync(this.#fd, this.#end);
    } catch {
      // the disk is at fault, and the analyst is about to be told
    }
  }
}

/** Makes a journal that holds only its header, durably; its folder is for the caller to sync. Throws what the disk throws. */
export function createJournal(disk: CaseFs, path: string, header: object): Journal {
  const fd = openFile(disk, path, 'write') ?? createFile(disk, path);
  try {
    const { text, h } = seal(header);
    const bytes = Buffer.from(`${text}\n`);
    writeAll(disk, fd, bytes, 0);
    disk.fsyncSync(fd);
    return new Journal(disk, path, fd, bytes.length, h);
  } catch (error) {
    disk.closeSync(fd);
    throw error;
  }
}

function changedByOthers(path: string): DoppelError {
  return new DoppelError('case-damaged', `${path} was changed by another program. Close the case and open it again.`);
}
