import { median, megabytes, seconds } from './report';
import { runNode } from './run-process';

/** A program to measure: what Node runs. */
export interface Contender {
  name: string;
  args: readonly string[];
}

export interface Outcome {
  seconds: number;
  peakMb: number;
}

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
      console.log(
        `  round ${round}  ${name.padEnd(28)} ${seconds(run.seconds).padStart(9)} ${megabytes(run.peakMb).padStart(9)}`,
      );
    }
  }
  return Object.fromEntries(
    [...runs].map(([name, outcomes]) => [
      name,
      { seconds: median(outcomes.map((run) => run.seconds)), peakMb: median(outcomes.map((run) => run.peakMb)) },
    ]),
  );
}

/** The outcome of that name; a contender that did not run is a mistake of the caller. */
export function outcomeOf(outcomes: Record<string, Outcome>, name: string): Outcome {
  const outcome = outcomes[name];
  if (!outcome) throw new RangeError(`${name} did not run.`);
  return outcome;
}
