import { DoppelError } from '../../shared/errors';

/** Where something stands in the query text: offsets in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly length: number;
}

type KqlErrorCode = 'query-invalid' | 'query-unsupported' | 'query-limit';

/**
 * Why a query was not run, and where in its text. `query-invalid`: Kusto refuses it too. `query-unsupported`: Kusto
 * would run it, Doppel does not. `query-limit`: it needs more time, memory or rows than a run may have.
 */
export class KqlError extends DoppelError {
  readonly span: Span;
  readonly kqlCode: KqlErrorCode;

  constructor(code: KqlErrorCode, message: string, span: Span = { start: 0, length: 0 }, options?: ErrorOptions) {
    super(code, message, options);
    this.name = 'KqlError';
    this.span = span;
    this.kqlCode = code;
  }

  /** The same refusal at another place: that of the query as somebody wrote it. */
  movedTo(span: Span): KqlError {
    return new KqlError(this.kqlCode, this.message, span, { cause: this });
  }
}

/** Refuses what Kusto can do and Doppel cannot; `instead` says what to write in its place. */
export function unsupported(what: string, span: Span, instead?: string): KqlError {
  return new KqlError('query-unsupported', `Doppel does not run ${what}.${instead ? ` ${instead}` : ''}`, span);
}

/** Refuses what Kusto refuses. */
export function invalid(message: string, span: Span): KqlError {
  return new KqlError('query-invalid', message, span);
}
