import type { FunctionTable } from './table';

/** Element by element over two series, or a series and a number. */
const pairs = (sql: string): { takes: string; gives: 'dynamic'; sql: string } => ({
  takes: 'dynamic, dynamic',
  gives: 'dynamic',
  sql: `to_json(list_transform(kql_number_pairs($1, $2), lambda z: ${sql}))`,
});
const realPairs = (sql: string): { takes: string; gives: 'dynamic'; sql: string } => pairs(`kql_json_of_real(${sql})`);
/** Element by element over one series. */
const each = (sql: string): { takes: string; gives: 'dynamic'; sql: string } => ({
  takes: 'dynamic',
  gives: 'dynamic',
  sql: `to_json(list_transform(kql_numbers($1), lambda z: kql_json_of_real(${sql})))`,
});
const single = (sql: string): { takes: string; gives: 'real'; sql: string } => ({
  takes: 'dynamic',
  gives: 'real',
  sql,
});

/** Arithmetic over arrays of numbers. */
export const SERIES: FunctionTable = {
  series_add: realPairs('z[1] + z[2]'),
  series_subtract: realPairs('z[1] - z[2]'),
  series_multiply: realPairs('z[1] * z[2]'),
  series_divide: realPairs('z[1] / z[2]'),
  series_pow: realPairs('pow(z[1], z[2])'),
  series_equals: pairs('z[1] = z[2]'),
  series_not_equals: pairs('z[1] <> z[2]'),
  series_greater: pairs('z[1] > z[2]'),
  series_greater_equals: pairs('z[1] >= z[2]'),
  series_less: pairs('z[1] < z[2]'),
  series_less_equals: pairs('z[1] <= z[2]'),
  series_abs: each('abs(z)'),
  series_sign: each('sign(z)::double'),
  series_exp: each('exp(z)'),
  series_log: each('case when z > 0 then ln(z) end'),
  series_floor: each('floor(z)'),
  series_ceiling: each('ceil(z)'),
  series_sin: each('sin(z)'),
  series_cos: each('cos(z)'),
  series_tan: each('tan(z)'),
  series_asin: each('case when abs(z) <= 1 then asin(z) end'),
  series_acos: each('case when abs(z) <= 1 then acos(z) end'),
  series_atan: each('atan(z)'),
  series_sum: single('list_sum(kql_numbers($1))'),
  series_product: single('list_product(kql_numbers($1))'),
  series_magnitude: single('sqrt(kql_dot(kql_numbers($1), kql_numbers($1)))'),
  series_dot_product: {
    takes: 'dynamic, dynamic',
    gives: 'real',
    sql: 'kql_dot(kql_numbers_beside($1, $2), kql_numbers_beside($2, $1))',
  },
  series_cosine_similarity: {
    takes: 'dynamic, dynamic, real?, real?',
    gives: 'real',
    sql: '(kql_dot(kql_numbers($1), kql_numbers($2)) / (coalesce($3, sqrt(kql_dot(kql_numbers($1), kql_numbers($1)))) * coalesce($4, sqrt(kql_dot(kql_numbers($2), kql_numbers($2))))))',
  },
  series_pearson_correlation: {
    takes: 'dynamic, dynamic',
    gives: 'real',
    sql: 'list_transform([{a: kql_numbers($1), b: kql_numbers($2)}], lambda l: kql_pearson(l.a, l.b))[1]',
  },
  series_fill_forward: { takes: 'dynamic, dynamic?', gives: 'dynamic', sql: 'kql_fill_forward($1, $2::json)' },
  series_fill_backward: { takes: 'dynamic, dynamic?', gives: 'dynamic', sql: 'kql_fill_backward($1, $2::json)' },
  series_fill_const: {
    takes: 'dynamic, dynamic, dynamic?',
    gives: 'dynamic',
    sql: 'kql_fill_constant($1, $2::json, $3::json)',
  },
  series_fill_linear: {
    takes: 'dynamic, dynamic?, bool?, real?',
    gives: 'dynamic',
    sql: 'kql_fill_linear($1, $2::json, coalesce($3, true), coalesce($4, 0.0::double))',
  },
  series_stats_dynamic: {
    takes: 'dynamic, bool?',
    gives: 'dynamic',
    sql: 'list_transform([kql_numbers($1)], lambda l: kql_series_stats(l))[1]',
  },
  series_fit_line_dynamic: {
    takes: 'dynamic',
    gives: 'dynamic',
    sql: 'list_transform([kql_numbers($1)], lambda l: kql_fit_line(l))[1]',
  },
  /** Weights that are not negative are made to sum to one unless the third argument says otherwise; the fourth: around the element. */
  series_fir: {
    takes: 'dynamic, dynamic, bool?, bool?',
    gives: 'dynamic',
    sql: 'list_transform([kql_numbers($1)], lambda l: kql_json_reals(kql_fir(l, case when coalesce($3, list_min(kql_numbers($2)) >= 0) then kql_normal_weights(kql_numbers($2)) else kql_numbers($2) end, case when coalesce($4, false) then json_array_length($2)::bigint // 2 else 0 end)))[1]',
  },
  series_iir: {
    takes: 'dynamic, dynamic, dynamic',
    gives: 'dynamic',
    sql: 'list_transform([{l: kql_numbers($1), b: kql_numbers($2), a: kql_numbers($3)}], lambda s: kql_json_reals(kql_iir(s.l, s.b, s.a)))[1]',
  },
};
