/** Every way in which Doppel can say no. Code is what programs match on; the message is for people. */
const ERROR_CODES = [
  'bad-params',
  'no-method',
  'bad-result',
  'cancelled',
  'disconnected',
  'internal',
  'usage',
  'file-missing',
  'file-unreadable',
  'file-changed',
  'not-a-file',
  'unsupported-format',
  'damaged-archive',
  'unpacks-too-far',
  'no-zpa-records',
  'mapping-needed',
  'handover-damaged',
  'log-needed',
  'bad-choice',
  'unknown-file',
  'nothing-open',
  'disk-full',
  'out-of-memory',
  'database-lost',
  'output-unwritable',
  'query-invalid',
  'query-unsupported',
  'query-limit',
  'rule-invalid',
  'case-in-use',
  'case-damaged',
  'other-case',
  'not-saved',
  'verdict-needed',
  'nothing-to-undo',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** An error that a person can act on: the message names the file (and line) and the remedy, and never holds a stack. */
export class DoppelError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DoppelError';
    this.code = code;
  }
}

/** Whether what came over a wire is one of the codes. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && (ERROR_CODES as readonly string[]).includes(value);
}

/** True for the error that a cancelled call ends with, which nobody should show as a failure. */
export function isCancelled(error: unknown): boolean {
  return error instanceof DoppelError && error.code === 'cancelled';
}

/** The engine is gone; a call that it answered is answered no more. */
export function isDisconnected(error: unknown): boolean {
  return error instanceof DoppelError && error.code === 'disconnected';
}

/** Whatever was thrown, as text for a person. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Throws `cancelled` when the signal has been aborted; long loops call it between steps. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new DoppelError('cancelled', 'Cancelled.');
}
