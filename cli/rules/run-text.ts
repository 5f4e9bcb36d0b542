import { decidingValues } from '../../shared/deciding';
import { FOLLOWED_WORDS, followedIn, stageTime } from '../../shared/followed';
import type { RowSample, Rule, RuleRun, RuleStage } from '../../shared/rules';
import { isoTime } from '../../shared/time';
import { visibleText } from '../../shared/visible-text';
import { columnTexts, csvOf, jsonRows, tableOf } from './rows';

interface Ran {
  rule: Rule;
  run: RuleRun;
  variant: string;
  traced: boolean;
  /** Who was followed. */
  user: string | undefined;
}

/** The part of a rule that says which one it was, for JSON. */
export const nameOf = ({ id, name, version }: Rule): object => ({ id, name, version });

/** A run of a rule as `table`, `csv` or `json`; the stages are in the table and the JSON. */
export function runText(ran: Ran, format: string): string {
  if (format === 'csv') return csvOf(ran.run);
  return format === 'json' ? jsonText(ran) : plainText(ran);
}

function jsonText({ rule, run, variant, traced, user }: Ran): string {
  const lost = run.stages.find(({ id }) => id === run.userLostAt);
  const followed = { user, lostAt: run.userLostAt, decided: lost ? decidingValues(lost) : [] };
  return `${JSON.stringify({
    schema: 'doppel.rule-run/1',
    rule: { ...nameOf(rule), variant },
    at: isoTime(run.at),
    columns: columnTexts(run),
    rows: jsonRows(run),
    ...(traced ? { stages: run.stages.map(stageJson) } : {}),
    ...(user === undefined ? {} : { followed }),
    notes: run.notes,
  })}\n`;
}

function stageJson({ id, binding, kql, rowsIn, rowsOut, notes, sample }: RuleStage): object {
  if (!sample) return { id, binding, kql, rowsIn, rowsOut };
  const { ms, kept, dropped, deciding, userRows } = sample;
  const user = userRows ? { userRows } : {};
  return { id, binding, kql, rowsIn, rowsOut, notes, ms: Math.round(ms * 10) / 10, deciding, kept, dropped, ...user };
}

function plainText({ rule, run, variant, user }: Ran): string {
  const name = visibleText(user ?? '');
  const end = followedIn(run);
  const followed =
    end.kind === 'lost'
      ? [
          `${name} is lost at stage ${end.stage.id + 1}: ${end.stage.kql}`,
          ...decidingValues(end.stage).map((text) => `  ${visibleText(text)}`),
        ]
      : [`${name} ${FOLLOWED_WORDS[end.kind]}`];
  return [
    `${rule.name}, ${variant}, at ${isoTime(run.at)}: ${run.rows.length} rows`,
    ...run.stages.flatMap(stageLines),
    ...(user === undefined ? [] : followed),
    ...run.notes.map((note) => `note: ${note}`),
    tableOf(run),
  ].join('\n');
}

function stageLines({ id, binding, kql, rowsIn, rowsOut, notes, sample }: RuleStage): string[] {
  const user = sample?.userRows ? `  of the user ${sample.userRows.in} -> ${sample.userRows.out}` : '';
  const rows = `${rowsIn ?? ''} -> ${rowsOut ?? ''}`.padEnd(18);
  const took = sample ? `${stageTime(sample.ms).padStart(8)}  ` : '';
  const [first] = kql.split('\n', 1);
  return [
    `  ${`${id + 1}`.padStart(2)} ${rows} ${took}${binding ? `[${binding}] ` : ''}${first}${user}`,
    ...notes.map((note) => `       ${note}`),
    ...(sample ? [...sampleLines('keeps', sample.kept), ...sampleLines('drops', sample.dropped)] : []),
    ...(sample && sample.deciding.length > 0 && sample.dropped.rows.length > 0
      ? [
          `       decided by ${sample.deciding.map(({ name, value }) => (value === null ? name : `${name} = ${value}`)).join(', ')}`,
        ]
      : []),
  ];
}

function sampleLines(word: string, { columns, rows }: RowSample): string[] {
  if (rows.length === 0) return [];
  const told = rows.map((row) => row.map((cell) => cell ?? 'null'));
  const table = tableOf({ columns: columns.map((name) => ({ name, type: 'string' })), rows: told });
  return table
    .trimEnd()
    .split('\n')
    .map((line, index) => `       ${(index === 0 ? word : '').padEnd(6)} ${line}`);
}
