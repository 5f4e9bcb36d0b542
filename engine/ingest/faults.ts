import { REJECT_REASONS, SET_ASIDE_CLASSES } from '../../shared/domain';
import type { RejectReason, SetAsideClass } from '../../shared/domain';
import { LongList, lineNumbers } from './long-list';

const REASONS = [...REJECT_REASONS, ...SET_ASIDE_CLASSES];

/** A line of which the bytes tell better than a parser why it is no event. */
export interface Fault {
  line: number;
  reason: RejectReason | SetAsideClass;
}

/** Such lines, ascending, in five bytes each: a file can be bad throughout. */
export interface Faults {
  lines: Uint32Array;
  /** Indexes of REASONS. */
  reasons: Uint8Array;
}

export class FaultList {
  readonly #lines = lineNumbers();
  readonly #reasons = new LongList((length) => new Uint8Array(length));

  add(line: number, reason: Fault['reason']): void {
    this.#lines.push(line);
    this.#reasons.push(REASONS.indexOf(reason));
  }

  finish(): Faults {
    return { lines: this.#lines.finish(), reasons: this.#reasons.finish() };
  }
}

export function* eachFault({ lines, reasons }: Faults): Generator<Fault> {
  for (const [index, line] of lines.entries()) {
    const reason = REASONS[reasons[index] ?? 0];
    if (reason) yield { line, reason };
  }
}

export function hasFault({ reasons }: Faults, reason: Fault['reason']): boolean {
  return reasons.includes(REASONS.indexOf(reason));
}

export function allFaults(one: Faults, other: Faults): Faults {
  const all = new FaultList();
  for (const { line, reason } of eachFault(one)) all.add(line, reason);
  for (const { line, reason } of eachFault(other)) all.add(line, reason);
  return all.finish();
}
