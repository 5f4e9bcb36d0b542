import { alternate, outcomeOf } from './alternate';
import type { Contender } from './alternate';
import { brokenLog } from './broken-log';
import { BENCH, benchLog } from './logs';
import { printTarget } from './report';

const ROUNDS = 5;
const LEAST_OF_BARE = 0.55;
const LEAST_OF_CLEAN = 0.5;
const SHAPES = { 'LSS JSON lines': 'ndjson', 'CSV with a header': 'csv' } as const;

/** Reading with full accounting against a bare typed read by DuckDB, and a log with broken lines against the clean one. */
export async function benchIngest(): Promise<void> {
  for (const [title, shape] of Object.entries(SHAPES)) {
    const clean = await benchLog({ records: shape === 'csv' ? 1_500_000 : 250_000, users: 5000, shape });
    const broken = await brokenLog(clean);
    console.log(`${title}: ${clean.records} records, ${(clean.bytes / 1e6).toFixed(0)} MB; whole processes`);
    const contender = (name: string, ...args: string[]): Contender => ({ name, args: [BENCH, 'peer', ...args] });
    const outcomes = await alternate(
      [
        contender('bare DuckDB', 'bare-read', clean.path),
        contender('Doppel', 'ingest', clean.path),
        contender('Doppel, 1 in 100 broken', 'ingest', broken.path),
      ],
      ROUNDS,
    );
    const [bare, whole, bad] = ['bare DuckDB', 'Doppel', 'Doppel, 1 in 100 broken'].map((name) =>
      outcomeOf(outcomes, name),
    );
    if (!bare || !whole || !bad) throw new RangeError('A contender did not run.');
    for (const [clock, measure] of [['CPU', 'cpuSeconds'] as const, ['wall', 'seconds'] as const]) {
      const speed = bare[measure] / whole[measure];
      const kept = whole[measure] / bad[measure];
      const percent = (ratio: number): string => `${(ratio * 100).toFixed(0)} %`;
      printTarget(`${title}, ${clock} speed against the bare read`, percent(speed), '55 %', speed >= LEAST_OF_BARE);
      printTarget(
        `${title}, ${clock} speed with broken lines against clean`,
        percent(kept),
        '50 %',
        kept >= LEAST_OF_CLEAN,
      );
    }
  }
}
