import { DoppelError, messageOf } from '../shared/errors';
import type { ErrorCode } from '../shared/errors';

/** Something that went wrong, as a person reads it: what, and what to do. */
export interface Problem {
  title: string;
  message: string;
}

const TITLES: Partial<Record<ErrorCode, string>> = {
  disconnected: 'The engine stopped before it was done.',
  'file-missing': 'A file is not there.',
  'file-unreadable': 'A file could not be opened.',
  'file-changed': 'A file changed while it was read.',
  'not-a-file': 'That is not a file.',
  'unsupported-format': 'The format of a file is not known.',
  'damaged-archive': 'A compressed file is damaged.',
  'unpacks-too-far': 'A compressed file unpacks to more than any log does.',
  'no-zpa-records': 'There are no ZPA records in it.',
  'handover-damaged': 'A hand-over file is damaged.',
  'log-needed': 'That needs the log itself.',
  'mapping-needed': 'The columns of a file are not known.',
  'bad-choice': 'A choice does not fit the file.',
  'unknown-file': 'The engine no longer has that file.',
  'nothing-open': 'No log is open.',
  'disk-full': 'The disk is full.',
  'out-of-memory': 'The memory was not enough.',
  'output-unwritable': 'The file could not be written.',
};

/** The engine's messages name the file and the remedy; a fault of Doppel itself has no remedy but to try again. */
export function problemOf(error: unknown): Problem {
  const code = error instanceof DoppelError ? error.code : 'internal';
  const title = TITLES[code];
  if (title !== undefined) return { title, message: messageOf(error) };
  return {
    title: 'Something in Doppel went wrong.',
    message: `${messageOf(error)} The log file was not changed. Try again; if it happens again, report it with this text.`,
  };
}
