import { tmpdir } from 'node:os';
import { DoppelError } from '../../shared/errors';
import type { CallContext, Handlers } from '../../shared/rpc';
import type { KqlDiagnostic, ReadingAgain, Rule, RuleComparison, ruleMethods } from '../../shared/rules';

import publishedYaml from '../../rules/shared-zpa-session.yaml?raw';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import { Database } from '../db';
import recordText from '../ingest/record.sql?raw';
import { compile, diagnose } from '../kql/compile';
import { KqlError } from '../kql/error';
import { nodesOf } from '../kql/passes/walk';
import { statementOf } from '../kql/run';
import type { Log } from '../ingest/open-log';
import type { Decisions } from '../decisions/decisions';
import type { Flagged } from '../detect/detect';
import { tablesOf } from '../detect/tables';
import type { OpenLog } from '../open-state';
import { sqlSteps } from '../sql';
import { compareRules } from './compare';
import { correctedKql, correctedYaml } from './corrected';
import { readRule } from './read-rule';
import { Remembered } from './remembered';
import { replay } from './replay';
import { moreColumnsOf } from './more-columns';
import { planOf, runRule } from './run-rule';
import { whatIf } from './what-if';
import { zpaEvent } from './zpa-event';

/** The part of the engine that answers the methods of shared/rules.ts. */
export function ruleHandlers(open: OpenLog, decisions: Decisions): Pick<Handlers, keyof typeof ruleMethods> {
  const comparisons = new Remembered<RuleComparison>(4);
  const replayed = new Remembered<Set<string>>(6);
  const tried = new Remembered<Flagged[]>(8);
  /** Evaluation time, where the caller names none: the newest event, so that the newest is seen. */
  const newest = (): number => open.wholeLog.summary.lastEvent ?? 0;
  const span = (): { first: number; last: number } => {
    const { firstEvent, lastEvent } = open.wholeLog.summary;
    if (firstEvent === null || lastEvent === null) throw new DoppelError('nothing-open', 'The log has no events.');
    return { first: firstEvent, last: lastEvent };
  };
  let empty: Promise<Database> | undefined;
  return {
    'rules.list': () =>
      [
        { file: 'shared-zpa-session.yaml', yaml: publishedYaml },
        { file: 'shared-zpa-session-corrected.yaml', yaml: correctedYaml(DEFAULT_PARAMETERS) },
      ].map(({ file, yaml }) => ({ file, yaml, rule: readRule(yaml, file) })),
    'rule.read': ({ file, yaml }) => {
      const rule: Rule = readRule(yaml, file);
      return { rule, diagnostics: diagnosed(rule.query) };
    },
    'rule.run': (params, work) => {
      const log = open.wholeLog;
      return runRule(log.database, { ...params, at: params.at ?? newest(), ...reading(log, work) });
    },
    'rule.replay': (params, work) => {
      const log = open.wholeLog;
      return replay(log.database, { ...params, ...span(), ...reading(log, work) });
    },
    'rule.compare': ({ other }, work) => {
      const log = open.wholeDetected;
      const { database } = log;
      return tablesOf(database).read((generation) =>
        comparisons.of(database, JSON.stringify([generation, other]), () =>
          compareRules(database, { ...span(), other, replayed, ...reading(log, work) }),
        ),
      );
    },
    'rule.what-if': ({ parameters }, { signal }) =>
      whatIf({
        database: open.wholeDetected.database,
        decisions,
        parameters,
        remembered: tried,
        signal,
      }),
    'rule.export': ({ format, parameters }) =>
      format === 'kql'
        ? { name: 'shared-zpa-session-corrected.kql', text: correctedKql(parameters) }
        : { name: 'shared-zpa-session-corrected.yaml', text: correctedYaml(parameters) },
    'kql.diagnose': ({ kql }) => diagnosed(kql),
    'kql.run': async ({ kql, periodMs, at, limits }, work) => {
      const { log } = open.state;
      const time = at ?? log?.lastEvent ?? Date.now();
      const asked = { kql, periodMs, at: time, variant: 'published', trace: 'none', limits } as const;
      // a hand-over holds too little for a query over its events; one that reads none needs no log
      if (log && readsEvents(kql, time))
        return runRule(open.wholeLog.database, { ...asked, ...reading(open.wholeLog, work) });
      return runRule(await (empty ??= withoutLog()), { ...asked, signal: work.signal });
    },
  };
}

type Work = Pick<CallContext<'rule.run'>, 'signal'> & { progress: (progress: ReadingAgain) => void };

/** What a run needs for columns that are not kept. */
function reading(log: Log, { signal, progress }: Work) {
  return {
    more: moreColumnsOf(log),
    signal,
    progress: (file: string, bytesDone: number, bytesTotal: number): void =>
      progress({ file, bytesDone: Math.round(bytesDone), bytesTotal }),
  };
}

/** Whether a query reads the log; one that is refused as it stands is run over it, for what its columns are may be there. */
function readsEvents(kql: string, at: number): boolean {
  try {
    return nodesOf(planOf(kql, at)).some((rel) => rel.op === 'table');
  } catch (error) {
    if (error instanceof KqlError) return true;
    throw error;
  }
}

const schema = { tables: { ZPAEvent: zpaEvent(null, null).columns } };

/** What Kusto refuses; where it refuses nothing, what Doppel does. */
function diagnosed(kql: string): KqlDiagnostic[] {
  const errors = diagnose(kql, schema).map(({ code, message, span }) => ({ code, message, ...span }));
  if (errors.length > 0) return errors;
  try {
    const tables = { ZPAEvent: zpaEvent(null, null) };
    statementOf(compile(kql, { now: 0n, schema }), tables, 1, false);
    return [];
  } catch (error) {
    if (!(error instanceof KqlError)) throw error;
    return [{ code: error.code, message: error.message, ...error.span }];
  }
}

/** For queries without a log: ZPAEvent is there and empty. */
async function withoutLog(): Promise<Database> {
  const database = await Database.open({ readable: [], spillFolder: tmpdir(), memoryLimit: '800MB' });
  await database.use(undefined, (connection) => connection.steps(sqlSteps(recordText)));
  return database;
}
