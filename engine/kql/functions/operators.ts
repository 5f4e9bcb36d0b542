import type { FunctionTable } from './table';

/** Kusto's operators, under names of our own. A pass turns `equal` into `equal-filter` where null and false are the same. */
export const OPERATORS: FunctionTable = {
  /** Evaluation time of a statement that is run at many times. */
  'now-ticks': { takes: '', gives: 'datetime', sql: '$now::bigint' },
  and: { takes: 'bool, bool', gives: 'bool', sql: '($1 and $2)' },
  or: { takes: 'bool, bool', gives: 'bool', sql: '($1 or $2)' },
  not: { takes: 'bool', gives: 'bool', sql: '(not $1)' },
  negate: { takes: 'any', sql: { long: 'kql_subtract(0, $1)', else: '(-($1))' } },
  equal: {
    takes: 'any, any',
    gives: 'bool',
    sql: { string: '($1 = $2)', real: 'kql_equal_real($1, $2)', else: 'kql_equal($1, $2)' },
  },
  'equal-filter': { takes: 'any, any', gives: 'bool', sql: { real: 'kql_equal_real($1, $2)', else: '($1 = $2)' } },
  unequal: {
    takes: 'any, any',
    gives: 'bool',
    sql: { string: '($1 <> $2)', real: '(not kql_equal_real($1, $2))', else: 'kql_unequal($1, $2)' },
  },
  'unequal-filter': {
    takes: 'any, any',
    gives: 'bool',
    sql: { string: '($1 <> $2)', real: '(not kql_equal_real($1, $2))', else: '($1 is distinct from $2)' },
  },
  less: { takes: 'any, any', gives: 'bool', sql: { real: '($1 < $2 and not isnan($2))', else: '($1 < $2)' } },
  'less-equal': { takes: 'any, any', gives: 'bool', sql: { real: '($1 <= $2 and not isnan($2))', else: '($1 <= $2)' } },
  greater: { takes: 'any, any', gives: 'bool', sql: { real: '($1 > $2 and not isnan($1))', else: '($1 > $2)' } },
  'greater-equal': {
    takes: 'any, any',
    gives: 'bool',
    sql: { real: '($1 >= $2 and not isnan($1))', else: '($1 >= $2)' },
  },
  /** A sum or difference that is a datetime: null outside the years 1 to 9999. */
  'shift-datetime': { takes: 'any, any', gives: 'datetime', sql: 'kql_moved($1, $2)' },
  'shift-datetime-back': { takes: 'any, any', gives: 'datetime', sql: 'kql_moved($1, -$2)' },
  add: {
    takes: 'any, any',
    sql: { long: 'kql_add($1, $2)', int: 'kql_add($1, $2)', timespan: 'kql_add($1, $2)', else: '($1 + $2)' },
  },
  subtract: {
    takes: 'any, any',
    sql: {
      long: 'kql_subtract($1, $2)',
      int: 'kql_subtract($1, $2)',
      timespan: 'kql_subtract($1, $2)',
      else: '($1 - $2)',
    },
  },
  multiply: {
    takes: 'any, any',
    sql: {
      long: 'kql_multiply($1, $2)',
      int: 'kql_multiply($1, $2)',
      timespan: 'kql_multiply($1, $2)',
      decimal: 'try_cast($1::double * $2::double as decimal(38,18))',
      else: '($1 * $2)',
    },
  },
  divide: {
    takes: 'any, any',
    sql: {
      real: '($1 / $2)',
      decimal: 'try_cast($1::double / $2::double as decimal(38,18))',
      else: 'kql_divide($1, $2)',
    },
  },
  modulo: {
    takes: 'any, any',
    sql: { real: 'kql_modulo_real($1, $2)', decimal: 'kql_modulo_real($1, $2)', else: 'kql_modulo($1, $2)' },
  },
  'scale-timespan': { takes: 'timespan, real', gives: 'timespan', sql: 'kql_long_of_real($1 * $2)' },
  'shrink-timespan': { takes: 'timespan, real', gives: 'timespan', sql: 'kql_long_of_real($1::double / $2)' },
  'timespan-ratio': { takes: 'timespan, timespan', gives: 'real', sql: '($1::double / $2::double)' },
  'equal-ignoring-case': { takes: 'string, string', gives: 'bool', sql: '(lower($1) = lower($2))' },
  contains: { takes: 'string, string', gives: 'bool', sql: 'contains(lower($1), lower($2))' },
  contains_cs: { takes: 'string, string', gives: 'bool', sql: 'contains($1, $2)' },
  startswith: { takes: 'string, string', gives: 'bool', sql: 'starts_with(lower($1), lower($2))' },
  startswith_cs: { takes: 'string, string', gives: 'bool', sql: 'starts_with($1, $2)' },
  endswith: { takes: 'string, string', gives: 'bool', sql: 'ends_with(lower($1), lower($2))' },
  endswith_cs: { takes: 'string, string', gives: 'bool', sql: 'ends_with($1, $2)' },
  has: { takes: 'string, string', gives: 'bool', sql: 'kql_has($1, $2)' },
  has_cs: { takes: 'string, string', gives: 'bool', sql: 'kql_has_cs($1, $2)' },
  hasprefix: { takes: 'string, string', gives: 'bool', sql: 'kql_hasprefix($1, $2)' },
  hasprefix_cs: { takes: 'string, string', gives: 'bool', sql: 'kql_hasprefix_cs($1, $2)' },
  hassuffix: { takes: 'string, string', gives: 'bool', sql: 'kql_hassuffix($1, $2)' },
  hassuffix_cs: { takes: 'string, string', gives: 'bool', sql: 'kql_hassuffix_cs($1, $2)' },
  /** A search for a wildcard pattern, already a regular expression. */
  'matches-regex': { takes: 'string, string', gives: 'bool', sql: 'regexp_matches($1, $2)' },
  'matches-any-case': { takes: 'string, string', gives: 'bool', sql: "regexp_matches($1, $2, 'is')" },
  /** Any or all of a dynamic array of terms. */
  'has-any-of': {
    takes: 'string, dynamic',
    gives: 'bool',
    sql: '(len(list_filter(kql_texts($2), lambda z: kql_has($1, z))) > 0)',
  },
  'has-all-of': {
    takes: 'string, dynamic',
    gives: 'bool',
    sql: '(len(list_filter(kql_texts($2), lambda z: not kql_has($1, z))) = 0)',
  },
  'in-texts': { takes: 'string, dynamic', gives: 'bool', sql: 'list_contains(kql_texts($2), $1)' },
  'in-lower-texts': {
    takes: 'string, dynamic',
    gives: 'bool',
    sql: 'list_contains(list_transform(kql_texts($2), lambda z: lower(z)), $1)',
  },
  /** The string of an outer join's missing side. */
  'or-nothing': { takes: 'string, string', gives: 'string', sql: 'coalesce($1, $2)' },
  'key-value-bag': { takes: 'string, string', gives: 'dynamic', sql: 'kql_key_value_bag($1, $2)' },
  property: { takes: 'dynamic, string', gives: 'dynamic', sql: 'kql_property($1, $2)' },
  'bag-property': { takes: 'dynamic, string', gives: 'dynamic', sql: 'kql_bag_property($1, $2)' },
  element: { takes: 'dynamic, long', gives: 'dynamic', sql: 'kql_element($1, $2)' },
};
