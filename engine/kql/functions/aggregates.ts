import type { FunctionSpec, FunctionTable } from './table';

/** DuckDB's own refuse NaN and infinity, of which Kusto makes NaN. Kusto rounds a variance to ten decimals. */
const variance = (name: string, root = ''): string =>
  `case when count(*) filter (where not isfinite($1)) > 0 then 'nan'::double else ${root}(round(coalesce(${name}(case when isfinite($1) then $1 end)$f, 0), 10)) end`;
/** Values as they stand in a dynamic list: what JSON has no type for as text. */
const asText = (sql: (value: string) => string): Exclude<FunctionSpec['sql'], string> => ({
  datetime: sql('case when $1 is not null then kql_text_datetime($1) end'),
  timespan: sql('case when $1 is not null then kql_text_timespan($1) end'),
  decimal: sql('case when $1 is not null then kql_text_decimal($1) end'),
  guid: sql('$1::varchar'),
  real: sql('kql_json_of_real($1)'),
  else: sql('$1'),
});

/**
 * Aggregates. `$f` is the FILTER clause of an -if form, or nothing; `$o` the ORDER BY of the input's order, or nothing.
 * Over no rows: sum 0, avg NaN, count 0, lists empty, min and max null (the empty string for text).
 */
export const AGGREGATES: FunctionTable = {
  count: { takes: '', gives: 'long', sql: 'count(*)$f' },
  sum: {
    takes: 'result',
    sql: {
      real: 'coalesce(sum($1)$f, 0)',
      decimal: 'coalesce(sum($1)$f, 0)::decimal(38,18)',
      timespan: 'coalesce(sum($1)$f, 0)::bigint',
      else: 'kql_wrap64(coalesce(sum($1)$f, 0)::hugeint)',
    },
  },
  avg: {
    takes: 'result',
    sql: {
      timespan: 'kql_long_of_real(avg($1)$f)',
      datetime: 'kql_long_of_real(avg($1)$f)',
      decimal: 'avg($1)$f::decimal(38,18)',
      else: "coalesce(avg($1)$f, 'nan'::double)",
    },
  },
  min: {
    takes: 'any',
    sql: {
      string: "coalesce(min($1)$f, '')",
      real: "case when count(*) filter (where isnan($1)) > 0 then 'nan'::double else min($1)$f end",
      dynamic: 'to_json(min(kql_real_of_dynamic($1))$f)',
      else: 'min($1)$f',
    },
  },
  max: {
    takes: 'any',
    sql: { string: "coalesce(max($1)$f, '')", dynamic: 'to_json(max(kql_real_of_dynamic($1))$f)', else: 'max($1)$f' },
  },
  dcount: {
    takes: 'any',
    gives: 'long',
    sql: { dynamic: 'count(distinct $1::varchar)$f', else: 'count(distinct $1)$f' },
  },
  count_distinct: {
    takes: 'any',
    gives: 'long',
    sql: { dynamic: 'count(distinct $1::varchar)$f', else: 'count(distinct $1)$f' },
  },
  stdev: { takes: 'real', gives: 'real', sql: variance('var_samp', 'sqrt') },
  stdevp: { takes: 'real', gives: 'real', sql: variance('var_pop', 'sqrt') },
  variance: { takes: 'real', gives: 'real', sql: variance('var_samp') },
  variancep: { takes: 'real', gives: 'real', sql: variance('var_pop') },
  covariance: { takes: 'real, real', gives: 'real', sql: 'coalesce(covar_samp($1, $2)$f, 0)' },
  covariancep: { takes: 'real, real', gives: 'real', sql: 'coalesce(covar_pop($1, $2)$f, 0)' },
  percentile: {
    takes: 'any, real',
    sql: {
      dynamic: 'quantile_disc(kql_real_of_dynamic($1), kql_rank($2))$f',
      else: 'quantile_disc($1, kql_rank($2))$f',
    },
  },
  binary_all_and: { takes: 'long', gives: 'long', sql: 'bit_and($1)$f' },
  binary_all_or: { takes: 'long', gives: 'long', sql: 'bit_or($1)$f' },
  binary_all_xor: { takes: 'long', gives: 'long', sql: 'bit_xor($1)$f' },
  /** Arrays in a dynamic are flattened; $2 is the greatest number of elements. */
  make_list: {
    takes: 'any, long',
    gives: 'dynamic',
    sql: {
      ...asText((value) => `to_json((coalesce(list(${value}$o)$g, []))[1:$2])`),
      dynamic: 'to_json((flatten(coalesce(list(kql_spread($1)$o)$f, [])))[1:$2])',
    },
  },
  make_list_with_nulls: {
    takes: 'any, long',
    gives: 'dynamic',
    sql: {
      ...asText((value) => `to_json((coalesce(list(${value}$o)$f, []))[1:$2])`),
      dynamic: 'to_json((flatten(coalesce(list(kql_spread($1)$o)$f, [])))[1:$2])',
    },
  },
  make_set: {
    takes: 'any, long',
    gives: 'dynamic',
    sql: {
      ...asText((value) => `to_json((kql_first_of_each(coalesce(list(${value}$o)$g, [])))[1:$2])`),
      dynamic: 'to_json((kql_first_of_each(flatten(coalesce(list(kql_spread($1)$o)$g, []))))[1:$2])',
    },
  },
  /** One bin a row: its place, its value, the first place and how many there are, and what stands where no row is. */
  series: {
    takes: 'long, dynamic, long, long, dynamic',
    gives: 'dynamic',
    sql: 'kql_series(list($1), list($2), $3, $4, $5)',
  },
  make_bag: {
    takes: 'dynamic, long',
    gives: 'dynamic',
    sql: 'kql_cut_bag(kql_merge_bags(coalesce(list($1$o)$g, [])), $2)',
  },
};
