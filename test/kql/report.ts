/**
 * docs/kql.md, from the tables of the engine and from how it answers the recorded queries. To write it anew:
 * `DOPPEL_KQL_REPORT=write npx vitest run --project unit test/kql/conformance.test.ts`
 */
import { functionNames } from '../../engine/kql/functions/lookup';
import type { Checked, Verdict } from './conformance';

export const OPERATORS = [
  'where',
  'extend',
  'project',
  'project-away',
  'project-keep',
  'project-rename',
  'project-reorder',
  'sort',
  'order',
  'top',
  'take',
  'limit',
  'count',
  'distinct',
  'summarize',
  'join',
  'lookup',
  'union',
  'make-series',
  'mv-apply',
  'partition',
  'top-nested',
  'top-hitters',
  'scan',
  'invoke',
  'evaluate',
  'sample',
  'sample-distinct',
  'getschema',
  'mv-expand',
  'parse',
  'parse-where',
  'parse-kv',
  'search',
  'serialize',
  'as',
  'render',
  'print',
  'range',
  'datatable',
  'let',
] as const;

const MORE_FUNCTIONS =
  'ago bag_pack case coalesce column_ifexists datetime_add datetime_diff datetime_part extract_all format_datetime format_timespan gettype iff iif ipv4_is_in_any_range make_timespan materialize next not now pack pack_all prev range row_cumsum row_number row_rank_dense row_rank_min row_window_session series_fit_line series_stats tobool todatetime todecimal todouble toguid toint tolong toreal toscalar tostring totimespan'.split(
    ' ',
  );
const MORE_AGGREGATES = 'arg_max arg_min countif makelist makeset percentiles take_any'.split(' ');

/** Why a query that Doppel runs gives another answer than the real engine did: by a piece of its text. */
const REASONS: readonly (readonly [piece: string, reason: string])[] = [
  [
    "datetime_diff('week', datetime(2020-12-31)",
    'The recording calls the type of a week difference real; the documentation and the value say long.',
  ],
  [
    'str_round = tostring(0.1 + 0.2)',
    'Kusto writes 0.1 + 0.2 as text with 17 digits of its own rounding (0.30000000000000007); here it is the shortest text that reads back, 0.30000000000000004.',
  ],
  [
    'back = tolong(todouble(9223372036854775807))',
    'Kusto folds this constant to the smallest long; over a column it gives the greatest, as here.',
  ],
];

const VERDICTS: readonly Verdict[] = ['match', 'difference', 'unsupported', 'error'];
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const names = (list: readonly string[]): string =>
  [...new Set(list)]
    .toSorted()
    .map((name) => `\`${name}\``)
    .join(', ');
const count = (checked: readonly Checked[], verdict: Verdict): number =>
  checked.filter((each) => each.verdict === verdict).length;
const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;

export function reasonFor(checked: Checked): string | undefined {
  return REASONS.find(([piece]) => checked.answer.kql.includes(piece))?.[1];
}

export function report(checked: readonly Checked[]): string {
  const families = [...new Set(checked.map(({ answer }) => answer.family))].toSorted();
  const row = (name: string, of: readonly Checked[]): string =>
    `| ${[name, of.length, ...VERDICTS.map((verdict) => count(of, verdict))].join(' | ')} |`;
  const accepted = checked.length - count(checked, 'unsupported');
  const different = checked.filter(({ verdict }) => verdict === 'difference' || verdict === 'error');
  const refused = new Map<string, number>();
  for (const { detail } of checked.filter(({ verdict }) => verdict === 'unsupported')) {
    const what = /^Doppel does not run (?:the )?(.*?)\./.exec(detail)?.[1] ?? detail;
    refused.set(what, (refused.get(what) ?? 0) + 1);
  }
  return [
    '# KQL in Doppel',
    '',
    '<!-- Written by test/kql/report.ts; do not edit. -->',
    '',
    "Doppel reads KQL with Microsoft's own language service and runs it on the embedded DuckDB with Kusto's documented",
    'meaning. What it does not run it refuses, with the name and the place in the text; it leaves nothing out in silence.',
    'A query reaches the tables that it is given and nothing else: no files, no network, no settings.',
    '',
    '## What runs',
    '',
    `Operators: ${names(OPERATORS)}. Every kind of join.`,
    '',
    `Functions and aggregates: ${names([...functionNames(), ...MORE_FUNCTIONS, ...MORE_AGGREGATES])}, and the \`-if\` forms of the aggregates.`,
    '',
    '## What to know',
    '',
    '- Where Kusto leaves an order open (which left row an `innerunique` join keeps, rows that tie in a sort, `take`), the first row by input order counts, or else all columns decide, so that a run can be repeated. The result says where Kusto may differ.',
    '- `dcount` is exact here and an estimate in Kusto.',
    '- `now()` is the evaluation time that the run is given.',
    '- A decimal has 20 digits before the point and 18 after it; products and quotients of decimals have the precision of a real.',
    '- A regular expression must be a literal; `\\d`, `\\w` and `\\s` mean what they mean in Unicode.',
    '- Of the plugins of `evaluate` there are `bag_unpack` and `pivot` (without `take_any`). Inside a function their columns must be written out.',
    '- `make-series` needs `step`; without `from` or `to` each series begins or ends with its own rows.',
    '- `scan` has one step; it and `row_window_session()` have 20,000 rows at most. `top-nested` has no `with others`; `sample` and `sample-distinct` take the first.',
    '- Inside `mv-apply` and `partition` stand `where`, `extend`, `project`, `summarize`, `sort`, `top` and `take`. A row of which `mv-apply` has no elements left gives no row, even under `summarize`.',
    '- `rand()` and `new_guid()` differ from run to run.',
    '- `range` makes ten million rows at most. A run has limits in time and in rows of its result, and its database one in memory.',
    '',
    '## Agreement with the real engine',
    '',
    `${checked.length} queries with recorded answers of the Kusto emulator (MIT, from saoc90/kql-to-sql; not part of this project). ${count(checked, 'match')} (${percent(count(checked, 'match'), checked.length)}) give the engine's answer, refusals included; of the ${accepted} that Doppel does not refuse as unsupported, ${percent(count(checked, 'match'), accepted)}. Compared are column names and types, the number of rows, and every recorded row; numbers to 12 digits; the order of elements within lists is not.`,
    '',
    `| family | queries | ${VERDICTS.join(' | ')} |`,
    `| --- |${' ---: |'.repeat(VERDICTS.length + 1)}`,
    ...families.map((family) =>
      row(
        family,
        checked.filter(({ answer }) => answer.family === family),
      ),
    ),
    row('**all**', checked),
    '',
    '### What differs, and why',
    '',
    '| query | difference | reason |',
    '| --- | --- | --- |',
    ...different.map((each) => `| \`${cell(each.answer.kql)}\` | ${cell(each.detail)} | ${reasonFor(each) ?? ''} |`),
    '',
    '### What is refused',
    '',
    '| refused | queries |',
    '| --- | ---: |',
    ...[...refused].toSorted((a, b) => b[1] - a[1]).map(([what, queries]) => `| ${cell(what)} | ${queries} |`),
    '',
  ].join('\n');
}
