import { alternate, outcomeOf } from './alternate';
import { detectArgs } from './detect';
import { benchLog, CLI, FOUR_GB, ONE_GB } from './logs';
import { megabytes, printTarget } from './report';

/** Peak memory of `doppel detect` on 1 GB and on a log four times as big. */
export async function benchMemory(): Promise<void> {
  const [one, four] = [await benchLog(ONE_GB), await benchLog(FOUR_GB)];
  const outcomes = await alternate([
    { name: '1 GB', args: [CLI, ...detectArgs(one.path)] },
    { name: '4 GB', args: [CLI, ...detectArgs(four.path)] },
  ]);
  const [small, big] = [outcomeOf(outcomes, '1 GB').peakMb, outcomeOf(outcomes, '4 GB').peakMb];
  const growth = big / small;
  printTarget('peak memory on 1 GB', megabytes(small), 'under 1500 MB', small < 1500);
  printTarget(
    'peak memory on 4 GB against 1 GB',
    `${growth.toFixed(2)} x (${megabytes(big)})`,
    'at most 1.3 x',
    growth <= 1.3,
  );
}
