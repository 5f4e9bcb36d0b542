import type { FunctionTable } from './table';

export const DYNAMIC: FunctionTable = {
  parse_json: { takes: 'any', gives: 'dynamic', sql: { string: 'kql_parse_json($1)', else: '$1' } },
  array_length: {
    takes: 'dynamic',
    gives: 'long',
    sql: "case when json_type($1) = 'ARRAY' then json_array_length($1)::bigint end",
  },
  array_sum: {
    takes: 'dynamic',
    gives: 'real',
    sql: "case when json_type($1) = 'ARRAY' then coalesce(list_sum(list_transform(kql_array($1), lambda z: kql_real_of_dynamic(z))), 0) end",
  },
  array_slice: { takes: 'dynamic, long, long', gives: 'dynamic', sql: 'kql_slice($1, $2, $3)' },
  array_reverse: {
    takes: 'dynamic',
    gives: 'dynamic',
    sql: "case when json_type($1) = 'ARRAY' then to_json(list_reverse(kql_array($1))) end",
  },
  array_concat: {
    takes: 'dynamic...',
    gives: 'dynamic',
    sql: 'to_json(flatten(list_transform([$*], lambda a: kql_elements(a))))',
  },
  array_index_of: {
    takes: 'dynamic, dynamic, long?, long?, long?',
    gives: 'long',
    sql: 'kql_array_index_of($1, $2::json, coalesce($3, 0), coalesce($4, -1), coalesce($5, 1))',
  },
  array_sort_asc: { takes: 'dynamic, bool?', gives: 'dynamic', sql: 'kql_sort_asc($1, coalesce($2, true))' },
  array_sort_desc: { takes: 'dynamic, bool?', gives: 'dynamic', sql: 'kql_sort_desc($1, coalesce($2, true))' },
  'array-sorted-beside-asc': {
    takes: 'dynamic, dynamic',
    gives: 'dynamic',
    sql: 'kql_in_places($1, kql_sorted_places($2, true))',
  },
  'array-sorted-beside-desc': {
    takes: 'dynamic, dynamic',
    gives: 'dynamic',
    sql: 'kql_in_places($1, kql_sorted_places($2, false))',
  },
  /** With a path as a JSON pointer, and what a path leads to as a patch of the bag. */
  'bag-has-pointer': { takes: 'dynamic, string', gives: 'bool', sql: 'kql_has_pointer($1, $2)' },
  'bag-patched': {
    takes: 'dynamic, dynamic',
    gives: 'dynamic',
    sql: "case when json_type($1) = 'OBJECT' then json_merge_patch($1, $2) end",
  },
  array_iff: { takes: 'dynamic, dynamic, dynamic', gives: 'dynamic', sql: 'kql_array_iff($1, $2::json, $3::json)' },
  array_split: { takes: 'dynamic, dynamic', gives: 'dynamic', sql: 'kql_array_split($1, $2::json)' },
  zip: { takes: 'dynamic...', gives: 'dynamic', sql: 'kql_zip(list_transform([$*], lambda a: kql_spread(a)))' },
  repeat: {
    takes: 'dynamic, long',
    gives: 'dynamic',
    sql: 'to_json(list_transform(range(greatest(least($2, 1048576), 0)), lambda i: $1))',
  },
  array_rotate_left: { takes: 'dynamic, long', gives: 'dynamic', sql: 'kql_rotate($1, $2)' },
  array_rotate_right: { takes: 'dynamic, long', gives: 'dynamic', sql: 'kql_rotate($1, -($2))' },
  array_shift_left: { takes: 'dynamic, long, dynamic?', gives: 'dynamic', sql: 'kql_shift($1, $2, $3::json)' },
  array_shift_right: { takes: 'dynamic, long, dynamic?', gives: 'dynamic', sql: 'kql_shift($1, -($2), $3::json)' },
  set_has_element: {
    takes: 'dynamic, dynamic',
    gives: 'bool',
    sql: 'coalesce(list_contains(kql_elements($1), $2::json), false)',
  },
  set_union: {
    takes: 'dynamic...',
    gives: 'dynamic',
    sql: 'to_json(kql_unique(flatten(list_transform([$*], lambda a: kql_elements(a)))))',
  },
  set_intersect: {
    takes: 'dynamic, dynamic',
    gives: 'dynamic',
    sql: 'to_json(list_filter(kql_unique(kql_elements($1)), lambda x: list_contains(kql_elements($2), x)))',
  },
  set_difference: {
    takes: 'dynamic, dynamic',
    gives: 'dynamic',
    sql: 'to_json(list_filter(kql_unique(kql_elements($1)), lambda x: not list_contains(kql_elements($2), x)))',
  },
  jaccard_index: {
    takes: 'dynamic, dynamic',
    gives: 'real',
    sql: '(len(list_filter(kql_unique(kql_elements($1)), lambda x: list_contains(kql_elements($2), x)))::double / len(kql_unique(list_concat(kql_elements($1), kql_elements($2)))))',
  },
  pack_array: { takes: 'dynamic...', gives: 'dynamic', sql: 'json_array($*)' },
  'pack-pairs': { takes: 'any...', gives: 'dynamic', sql: 'json_object($*)' },
  treepath: { takes: 'dynamic', gives: 'dynamic', sql: 'kql_treepath($1)' },
  bag_keys: {
    takes: 'dynamic',
    gives: 'dynamic',
    sql: "case when json_type($1) = 'OBJECT' then to_json(json_keys($1)) end",
  },
  bag_remove_keys: { takes: 'dynamic, dynamic', gives: 'dynamic', sql: 'kql_bag_without($1, kql_texts($2))' },
  bag_set_key: { takes: 'dynamic, string, dynamic', gives: 'dynamic', sql: 'kql_bag_with($1, $2, $3::json)' },
  bag_zip: { takes: 'dynamic, dynamic', gives: 'dynamic', sql: 'kql_bag_zip($1, $2)' },
  set_equals: { takes: 'dynamic, dynamic', gives: 'bool', sql: '(kql_set_equals($1, $2))' },
  bag_has_key: { takes: 'dynamic, string', gives: 'bool', sql: 'coalesce(list_contains(json_keys($1), $2), false)' },
  /** Of a property that several have, the first bag's value counts. */
  bag_merge: { takes: 'dynamic...', gives: 'dynamic', sql: 'kql_merge_bags([$*])' },
  'type-name': { takes: 'dynamic', gives: 'string', sql: 'kql_type_name($1)' },
  'series-place-long': { takes: 'long, long, long', gives: 'long', sql: 'kql_divide_down($1 - $2, $3)' },
  'series-place-real': { takes: 'real, real, real', gives: 'long', sql: 'floor(($1 - $2) / $3)::bigint' },
  'series-end-long': { takes: 'long, long, long', gives: 'long', sql: '(-kql_divide_down($1 - $2, $3))' },
  'series-end-real': { takes: 'real, real, real', gives: 'long', sql: 'ceil(($2 - $1) / $3)::bigint' },
  'series-count': { takes: 'long, long', gives: 'long', sql: 'kql_series_length($2 - $1)' },
  'series-count-through': { takes: 'long, long', gives: 'long', sql: 'kql_series_length($2 - $1 + 1)' },
  'series-axis-long': {
    takes: 'long, long, long',
    gives: 'dynamic',
    sql: 'to_json(list_transform(range(0, $3), lambda i: $1 + i * $2))',
  },
  'series-axis-real': {
    takes: 'real, real, long',
    gives: 'dynamic',
    sql: 'to_json(list_transform(range(0, $3), lambda i: $1 + i * $2))',
  },
  'series-axis-datetime': {
    takes: 'datetime, timespan, long',
    gives: 'dynamic',
    sql: 'to_json(list_transform(range(0, $3), lambda i: kql_text_datetime($1 + i * $2)))',
  },
  'series-axis-timespan': {
    takes: 'timespan, timespan, long',
    gives: 'dynamic',
    sql: 'to_json(list_transform(range(0, $3), lambda i: kql_text_timespan($1 + i * $2)))',
  },
  /** A piece of `pack_all(true)`: the property, or nothing of a value that is null or empty. */
  'pack-present': {
    takes: 'string, dynamic',
    gives: 'dynamic',
    sql: "case when $2 is null or json_extract_string($2, '$') = '' then '{}'::json else json_object($1, $2) end",
  },
  'range-long': {
    takes: 'long, long, long',
    gives: 'dynamic',
    sql: 'to_json(list_transform(range(0, least(greatest(kql_divide($2::hugeint - $1, $3), -1) + 1, 1048576)::bigint), lambda i: $1 + i * $3))',
  },
  'range-real': {
    takes: 'real, real, real',
    gives: 'dynamic',
    sql: 'to_json(list_transform(range(0, least(greatest(coalesce(kql_long_of_real(floor(($2 - $1) / $3)), -1), -1) + 1, 1048576)), lambda i: $1 + i * $3))',
  },
  'range-datetime': {
    takes: 'datetime, datetime, timespan',
    gives: 'dynamic',
    sql: 'to_json(list_transform(range(0, least(greatest(kql_divide($2::hugeint - $1, $3), -1) + 1, 1048576)::bigint), lambda i: kql_text_datetime($1 + i * $3)))',
  },
  'range-timespan': {
    takes: 'timespan, timespan, timespan',
    gives: 'dynamic',
    sql: 'to_json(list_transform(range(0, least(greatest(kql_divide($2::hugeint - $1, $3), -1) + 1, 1048576)::bigint), lambda i: kql_text_timespan($1 + i * $3)))',
  },
};
