import type { Fuzzer, Outcome } from './fuzz';
import type { FuzzInput } from './inputs';

export interface RunOptions {
  make: (seed: number) => FuzzInput;
  fuzzer: Fuzzer;
  /** The first seed, and how many follow one another. */
  seed: number;
  inputs: number;
  /** So many are opened as one log. */
  together: number;
  /** Every so many-th is opened alone as well, and has to come to the same. */
  aloneEvery: number;
}

interface Defect {
  seed: number;
  input: FuzzInput;
  /** What is wrong, and whether it needs the others that were open with it. */
  defects: string[];
  isAlone: boolean;
}

/** What came of a run so far. */
export interface Tally {
  inputs: number;
  alone: number;
  /** Of the processor. */
  msTogether: number;
  msAlone: number;
  /** Inputs of which at least one record is an event. */
  withEvents: number;
  ended: Record<string, number>;
  refusedAlone: Record<string, number>;
}

/** Opens inputs in lots and alone. `found` is told of each defect, `done` after each lot. */
export async function fuzzRun(
  { make, fuzzer, seed, inputs, together, aloneEvery }: RunOptions,
  found: (defect: Defect) => void,
  done: (tally: Tally) => void = () => undefined,
): Promise<Tally> {
  const tally: Tally = { inputs: 0, alone: 0, msTogether: 0, msAlone: 0, withEvents: 0, ended: {}, refusedAlone: {} };
  for (let first = seed; first < seed + inputs; first += together) {
    const size = Math.min(together, seed + inputs - first);
    const lot = Array.from({ length: size }, (_, index) => ({ seed: first + index, input: make(first + index) }));
    const before = cpu();
    const outcomes = await fuzzer.open(lot.map(({ input }) => input));
    tally.msTogether += cpu() - before;
    const isWrong = outcomes.some(({ defects }) => defects.length > 0);
    for (const [index, { seed: own, input }] of lot.entries()) {
      const outcome = outcomes[index];
      if (!outcome) continue;
      count(tally.ended, outcome.ended);
      if (outcome.events > 0) tally.withEvents += 1;
      if (outcome.defects.length > 0) found({ seed: own, input, defects: outcome.defects, isAlone: size === 1 });
      if (size === 1 || (own % aloneEvery > 0 && !isWrong)) continue;
      const start = cpu();
      const [alone] = await fuzzer.open([input], true);
      tally.msAlone += cpu() - start;
      if (!alone) continue;
      tally.alone += 1;
      if (alone.accounts.length === 0) count(tally.refusedAlone, alone.ended);
      const defects = [...alone.defects, ...otherwise(outcome, alone)];
      if (defects.length > 0) found({ seed: own, input, defects, isAlone: true });
    }
    tally.inputs += size;
    done(tally);
  }
  return tally;
}

/** The account of an input is the same whether it is opened alone or with others. */
function otherwise(together: Outcome, alone: Outcome): string[] {
  if (together.accounts.length === 0 || alone.accounts.length === 0) return [];
  const [one, other] = [together.accounts.join(' '), alone.accounts.join(' ')];
  return one === other ? [] : [`together ${one}, alone ${other}`];
}

const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return Math.round((user + system) / 1000);
};

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
