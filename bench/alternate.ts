import { median, megabytes, seconds } from './report';
import { runNode } from './run-process';
import type { Measured } from './run-process';

/** A program to measure: what Node runs. */
export interface Contender {
  name: string;
  args: readonly string[];
}

export type Outcome = Omit<Measured, 'stdout'>;

/**
 * Runs the contenders one after the other, round after round, so that whatever else the machine does falls on all of
 * them. Returns each one's medians, by name.
 */
export async function alternate(contenders: readonly Contender[], rounds = 3): Promise<Record<string, Outcome>> {
  const runs = new Map<string, Outcome[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const { name, args } of contenders) {
      const run = await runNode(args);
      runs.get(name)?.push(run);
      console.log(`  round ${round}  ${rowOf(name, run)}`);
    }
  }
  const medians: Record<string, Outcome> = {};
  for (const [name, all] of runs) {
    const outcome = {
      seconds: median(all.map((run) => run.seconds)),
      cpuSeconds: median(all.map((run) => run.cpuSeconds)),
      peakMb: median(all.map((run) => run.peakMb)),
    };
    medians[name] = outcome;
    console.log(`  median   ${rowOf(name, outcome)}`);
  }
  return medians;
}

function rowOf(name: string, { seconds: wall, cpuSeconds, peakMb }: Outcome): string {
  const cells = [seconds(wall), `${seconds(cpuSeconds)} CPU`, megabytes(peakMb)];
  return `${name.padEnd(26)}${cells.map((cell) => cell.padStart(14)).join('')}`;
}

/** The outcome of that name; a contender that did not run is a mistake of the caller. */
export function outcomeOf(outcomes: Record<string, Outcome>, name: string): Outcome {
  const outcome = outcomes[name];
  if (!outcome) throw new RangeError(`${name} did not run.`);
  return outcome;
}
