import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../engine/db';
import { compile } from '../engine/kql/compile';
import { correctedKql } from '../engine/rules/corrected';
import { readRule } from '../engine/rules/read-rule';
import { runRule } from '../engine/rules/run-rule';
import { zpaEvent } from '../engine/rules/zpa-event';
import { sqlStep, sqlSteps } from '../engine/sql';
import publishedYaml from '../rules/shared-zpa-session.yaml?raw';
import { DEFAULT_PARAMETERS } from '../shared/domain';
import { RULE_VARIANTS } from '../shared/rules';
import recordText from '../engine/ingest/record.sql?raw';
import handWritten from './peers/published-rule.sql?raw';
import { median, printTarget } from './report';

const EVENTS = 1_000_000;
const ROUNDS = 7;
const DAY_MS = 86_400_000;
const AT = Date.UTC(2026, 2, 3);

/** The published rule over 1,000,000 events, text to rows with every stage counted, against SQL written by hand, in turns. */
export async function benchRule(): Promise<void> {
  const spillFolder = join(tmpdir(), 'doppel-bench', 'spill');
  const database = await Database.open({ readable: [], spillFolder, memoryLimit: '2GB' });
  const { query: kql, periodMs } = readRule(publishedYaml, 'shared-zpa-session.yaml');
  await database.use(undefined, async (connection) => {
    await connection.steps(sqlSteps(recordText));
    // 10,000 users with 10 sessions of 10 records: open, eight times active, close
    await connection.run(
      `insert into record (file, class, time_is_collection, time, action, user_name, ip, session_id)
      select 0, 'event', false, $at - $day + (hash(i // 10) % ($day - 10 * 600000)) + (i % 10) * 600000,
        case i % 10 when 0 then 'open' when 9 then 'close' else 'active' end,
        'user' || (i // 100) || '@example.com', '10.0.' || (i // 10 % 250) || '.' || (i // 100 % 250), 's' || (i // 10)
      from range(${EVENTS}) r(i)`,
      { at: AT, day: DAY_MS },
    );
  });
  const steps = sqlSteps(handWritten);
  for (const variant of RULE_VARIANTS) {
    const ours: Spent[] = [];
    const unchanged: Spent[] = [];
    const theirs: Spent[] = [];
    const counts = new Set<number>();
    for (let round = 0; round <= ROUNDS; round++) {
      const limits = { rows: 10_000 };
      const traced = (text: string) => () =>
        runRule(database, { kql: text, at: AT, periodMs, variant, trace: 'counts', limits });
      // a comment makes it a text that was never read before; then the same again
      const run = await timed(traced(`${kql}// round ${round} of ${variant}`));
      const again = await timed(traced(`${kql}// round ${round} of ${variant}`));
      const sql = await timed(() =>
        database.use(undefined, (connection) =>
          connection.rows(sqlStep(steps, variant), { from: AT - DAY_MS, at: AT }),
        ),
      );
      counts.add(run.value.rows.length);
      if (textOf(run.value.rows) !== textOf(sql.value.slice(0, limits.rows))) throw new Error('the rows differ');
      if (round === 0) continue; // the language service is loaded
      ours.push(run);
      unchanged.push(again);
      theirs.push(sql);
    }
    const of = (what: 'ms' | 'cpuMs', all: readonly Spent[]): number => median(all.map((each) => each[what]));
    const ratioOf = (what: 'ms' | 'cpuMs', all: readonly Spent[]): number => of(what, all) / of(what, theirs);
    console.log(
      `${variant}: doppel ${of('ms', ours).toFixed(0)} ms, by hand ${of('ms', theirs).toFixed(0)} ms; of the processor ${of('cpuMs', ours).toFixed(0)} and ${of('cpuMs', theirs).toFixed(0)} ms; rows ${[...counts].join(' and ')}, the same ones`,
    );
    for (const [how, all] of [
      ['a text read for the first time', ours],
      ['the same text again', unchanged],
    ] as const) {
      const [wall, processor] = [ratioOf('ms', all), ratioOf('cpuMs', all)];
      const told = `${wall.toFixed(2)} x, of the processor ${processor.toFixed(2)} x`;
      printTarget(`${variant}, traced, ${how}, against SQL by hand`, told, 'at most 1.5 x', wall <= 1.5);
    }
  }
  const user = 'user1@example.com';
  const inspected = await timed(() =>
    runRule(database, { kql, at: AT, periodMs, variant: 'published', trace: 'samples', user, limits: undefined }),
  );
  console.log(
    `published, with samples of both sides and one user followed: ${inspected.ms.toFixed(0)} ms, of the processor ${inspected.cpuMs.toFixed(0)} ms`,
  );
  const schema = { tables: { ZPAEvent: zpaEvent(null, null).columns } };
  for (const [name, text] of [
    ['published', kql],
    ['corrected', correctedKql(DEFAULT_PARAMETERS)],
  ] as const) {
    const all: Spent[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      all.push(await timed(() => Promise.resolve(compile(`${text}// round ${round}`, { now: 0n, schema }))));
    }
    const ms = median(all.map((each) => each.ms));
    printTarget(`parse and plan, ${name}`, `${ms.toFixed(0)} ms`, 'under 200 ms', ms < 200);
  }
  database.close();
}

const textOf = (rows: readonly (readonly unknown[])[]): string => rows.map((row) => row.join(' ')).join('\n');

interface Spent {
  ms: number;
  /** Of all threads of this process: what a busy machine distorts least. */
  cpuMs: number;
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T } & Spent> {
  const [began, before] = [performance.now(), process.cpuUsage()];
  const value = await work();
  const { user, system } = process.cpuUsage(before);
  return { value, ms: performance.now() - began, cpuMs: (user + system) / 1000 };
}
