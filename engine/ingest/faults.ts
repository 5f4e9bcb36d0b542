import { REJECT_REASONS, SET_ASIDE_CLASSES } from '../../shared/domain';
import type { RejectReason, SetAsideClass } from '../../shared/domain';
import { eachNumber, NumberList } from './numbers';
import type { Numbers } from './numbers';

const REASONS = [...REJECT_REASONS, ...SET_ASIDE_CLASSES];

/** A line of which the bytes tell better than a parser why it is no event. */
export interface Fault {
  line: number;
  reason: RejectReason | SetAsideClass;
}

/** Lines one after another that are bad for the same reason. */
export interface FaultRun extends Fault {
  lines: number;
}

/** Such lines, in about three bytes a run: a file can be bad throughout, or in every second line. */
export interface Faults {
  count: number;
  /** The line that was added last; 0 when there is none. */
  lastLine: number;
  reasons: Fault['reason'][];
  /** Of each run how far it begins behind the end of the one before, how many lines it has, and why they are bad. */
  runs: Numbers;
}

/** Gathers faults as they are found, line by line or a run at once; `finish` gives them packed. */
export class FaultList {
  readonly #numbers = new NumberList();
  readonly #reasons = new Set<Fault['reason']>();
  #count = 0;
  /** The line after the last run that was written. */
  #written = 0;
  /** The run at hand: it may go on. */
  #run: FaultRun | undefined;

  add(line: number, reason: Fault['reason'], lines = 1): void {
    this.#count += lines;
    const run = this.#run;
    if (run?.reason === reason && run.line + run.lines === line) {
      run.lines += lines;
      return;
    }
    this.#close();
    this.#reasons.add(reason);
    this.#run = { line, lines, reason };
  }

  finish(): Faults {
    this.#close();
    return {
      count: this.#count,
      lastLine: Math.max(0, this.#written - 1),
      reasons: [...this.#reasons],
      runs: this.#numbers.finish(),
    };
  }

  #close(): void {
    const run = this.#run;
    if (!run) return;
    const gap = run.line - this.#written;
    // two lists that were put together begin twice: odd numbers go back
    this.#numbers.push(gap < 0 ? -gap * 2 - 1 : gap * 2);
    this.#numbers.push(run.lines);
    this.#numbers.push(REASONS.indexOf(run.reason));
    this.#written = run.line + run.lines;
    this.#run = undefined;
  }
}

/** The runs in the order in which they were added, unpacked one at a time. */
export function* eachRun({ runs }: Faults): Generator<FaultRun, void, undefined> {
  const numbers = eachNumber(runs);
  let line = 0;
  for (let next = numbers.next(); !next.done; next = numbers.next()) {
    line += next.value % 2 === 0 ? next.value / 2 : -(next.value + 1) / 2;
    const lines = numbers.next().value ?? 0;
    const reason = REASONS[numbers.next().value ?? 0];
    if (reason) yield { line, lines, reason };
    line += lines;
  }
}

/** The faults one line at a time. */
export function* eachFault(faults: Faults): Generator<Fault, void, undefined> {
  for (const { line, lines, reason } of eachRun(faults)) {
    for (let at = line; at < line + lines; at++) yield { line: at, reason };
  }
}

/** Whether at least one line is bad for this reason; looks at no runs. */
export function hasFault({ reasons }: Faults, reason: Fault['reason']): boolean {
  return reasons.includes(reason);
}

/** The faults of both, for two looks at one file. A line that both have is counted twice. */
export function allFaults(one: Faults, other: Faults): Faults {
  if (other.count === 0) return one;
  const all = new FaultList();
  for (const faults of [one, other]) {
    for (const { line, lines, reason } of eachRun(faults)) all.add(line, reason, lines);
  }
  return all.finish();
}
