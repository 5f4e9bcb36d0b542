import { tmpdir } from 'node:os';
import { DoppelError } from '../../shared/errors';
import type { Handlers } from '../../shared/rpc';
import type { KqlDiagnostic, Rule, RuleComparison, ruleMethods } from '../../shared/rules';

import publishedYaml from '../../rules/shared-zpa-session.yaml?raw';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import { Database } from '../db';
import recordText from '../ingest/record.sql?raw';
import { compile, diagnose } from '../kql/compile';
import { KqlError } from '../kql/error';
import { statementOf } from '../kql/run';
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
import { runRule } from './run-rule';
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
  const databaseOf = (): Promise<Database> =>
    open.state.log && open.state.log.handedOver?.isAttached !== false
      ? Promise.resolve(open.wholeLog.database)
      : (empty ??= withoutLog());
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
    'rule.run': (params, { signal }) =>
      runRule(open.wholeLog.database, { ...params, at: params.at ?? newest(), signal }),
    'rule.replay': (params, { signal }) => replay(open.wholeLog.database, { ...params, ...span(), signal }),
    'rule.compare': ({ other }, { signal }) => {
      const { database } = open.wholeDetected;
      return tablesOf(database).read((generation) =>
        comparisons.of(database, JSON.stringify([generation, other]), () =>
          compareRules(database, { ...span(), other, signal, replayed }),
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
    'kql.run': async ({ kql, periodMs, at, limits }, { signal }) =>
      runRule(await databaseOf(), {
        kql,
        periodMs,
        at: at ?? (open.state.log ? newest() : Date.now()),
        variant: 'published',
        trace: 'none',
        limits,
        signal,
      }),
  };
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
