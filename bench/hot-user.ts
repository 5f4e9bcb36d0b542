import { alternate, outcomeOf } from './alternate';
import type { Contender } from './alternate';
import { detectArgs } from './detect';
import { BENCH, benchLog, CLI } from './logs';
import { median, printTarget, seconds } from './report';
import { runNode } from './run-process';

const RECORDS = 1_000_000;
const SESSIONS = 10_000;
const ROUNDS = 5;

/** The same records in 10,000 sessions: all of one user, or each of a user of its own. */
export async function benchHotUser(): Promise<void> {
  const hot = await benchLog({ records: RECORDS, users: 1, hotSessions: SESSIONS });
  const spread = await benchLog({ records: RECORDS, users: SESSIONS, hotSessions: SESSIONS });

  console.log('detection alone, on a log that is already read');
  const alone = { hot: await detectionSeconds(hot.path), spread: await detectionSeconds(spread.path) };
  const ratio = alone.hot / alone.spread;
  const figures = `${ratio.toFixed(2)} x (${seconds(alone.hot)} against ${seconds(alone.spread)})`;
  printTarget(
    'detection for one user with 10,000 sessions against 10,000 users',
    figures,
    'at most 1.2 x',
    ratio <= 1.2,
  );

  console.log('whole processes');
  const contenders: Contender[] = [
    { name: '1 user', args: [CLI, ...detectArgs(hot.path)] },
    { name: '10,000 users', args: [CLI, ...detectArgs(spread.path)] },
  ];
  const outcomes = await alternate(contenders);
  const whole = outcomeOf(outcomes, '1 user').seconds / outcomeOf(outcomes, '10,000 users').seconds;
  printTarget('the same for the whole process', `${whole.toFixed(2)} x`, 'at most 1.2 x', whole <= 1.2);
}

/** The median of several runs of the rule in one process, the first of which only warms up. */
async function detectionSeconds(path: string): Promise<number> {
  const { stdout } = await runNode([BENCH, 'peer', 'detection', path, String(ROUNDS + 1)]);
  const runs = stdout.trim().split('\n').map(Number).slice(1);
  console.log(`  ${path}: ${runs.map(seconds).join(', ')}`);
  return median(runs);
}
