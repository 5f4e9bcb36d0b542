import { REJECT_REASONS } from '../../shared/domain';
import type { RejectReason } from '../../shared/domain';
import { LongList, lineNumbers } from './long-list';

/** A line that can be seen to be bad without parsing it. */
export interface Fault {
  line: number;
  reason: RejectReason;
}

/** Such lines, ascending, in five bytes each: a file can be bad throughout. */
export interface Faults {
  lines: Uint32Array;
  /** Indexes of REJECT_REASONS. */
  reasons: Uint8Array;
}

export class FaultList {
  readonly #lines = lineNumbers();
  readonly #reasons = new LongList((length) => new Uint8Array(length));

  add(line: number, reason: RejectReason): void {
    this.#lines.push(line);
    this.#reasons.push(REJECT_REASONS.indexOf(reason));
  }

  finish(): Faults {
    return { lines: this.#lines.finish(), reasons: this.#reasons.finish() };
  }
}

export function* eachFault({ lines, reasons }: Faults): Generator<Fault> {
  for (const [index, line] of lines.entries()) {
    const reason = REJECT_REASONS[reasons[index] ?? 0];
    if (reason) yield { line, reason };
  }
}

export function hasFault({ reasons }: Faults, reason: RejectReason): boolean {
  return reasons.includes(REJECT_REASONS.indexOf(reason));
}

export function allFaults(one: Faults, other: Faults): Faults {
  const all = new FaultList();
  for (const { line, reason } of eachFault(one)) all.add(line, reason);
  for (const { line, reason } of eachFault(other)) all.add(line, reason);
  return all.finish();
}
