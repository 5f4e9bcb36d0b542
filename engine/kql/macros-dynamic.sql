-- Arrays, bags and sets; see macros.sql for what holds everywhere.

-- step slice: from index to index, both included; negative ones count from the end.
create or replace macro kql_slice(j, a, b) as case when json_type(j) = 'ARRAY' then to_json(list_slice(kql_array(j),
  greatest(case when a < 0 then json_array_length(j)::bigint + a else a end, 0) + 1,
  case when b < 0 then json_array_length(j)::bigint + b else b end + 1)) end;
-- step rotate: to the left by n places.
create or replace macro kql_rotate(j, n) as case when json_type(j) = 'ARRAY' then to_json(list_transform(
  range(0, json_array_length(j)::bigint),
  lambda i: kql_array(j)[kql_modulo(i + kql_modulo(n, json_array_length(j)::bigint), json_array_length(j)::bigint) + 1])) end;
-- step shift: to the left by n places; what comes in is the fill.
create or replace macro kql_shift(j, n, fill) as case when json_type(j) = 'ARRAY' then to_json(list_transform(
  range(0, json_array_length(j)::bigint),
  lambda i: case when i + n between 0 and json_array_length(j)::bigint - 1
    then kql_array(j)[i + n + 1] else fill end)) end;
-- step sortable: what array elements sort by: numbers, then text; null last.
create or replace macro kql_sortable(j) as list_transform(kql_array(j), lambda z: {
  'z': coalesce((json_type(z) = 'NULL')::integer, 1), 'n': try_cast(json_extract_string(z, '$') as double), 's': json_extract_string(z, '$'), 'j': z});
-- step nulls-beside: the null elements of an array, where that is where they belong.
create or replace macro kql_nulls_beside(j, wanted) as case when wanted then
  list_transform(list_filter(kql_sortable(j), lambda q: q.z = 1), lambda q: q.j) else []::json[] end;
-- step sort-ascending: an array in ascending order, nulls last or first.
create or replace macro kql_sort_asc(j, last) as case when json_type(j) = 'ARRAY' then to_json(list_concat(kql_nulls_beside(j, not last),
  list_transform(list_sort(list_filter(kql_sortable(j), lambda q: q.z = 0)), lambda q: q.j), kql_nulls_beside(j, last))) end;
-- step sort-descending: an array in descending order, nulls last or first.
create or replace macro kql_sort_desc(j, last) as case when json_type(j) = 'ARRAY' then to_json(list_concat(kql_nulls_beside(j, not last),
  list_transform(list_reverse_sort(list_filter(kql_sortable(j), lambda q: q.z = 0)), lambda q: q.j), kql_nulls_beside(j, last))) end;
-- step array-index-of: the place of the k-th find among n elements from place i; -1 for none.
create or replace macro kql_array_index_of(j, v, i, n, k) as coalesce(list_filter(range(json_array_length(j)::bigint),
  lambda p: p >= kql_place_in(i, json_array_length(j)::bigint) and (n < 0 or p < kql_place_in(i, json_array_length(j)::bigint) + n)
    and kql_array(j)[p + 1] = v)[k], -1);
-- step unique: each value once, in the order of first appearance.
create or replace macro kql_unique(l) as list_filter(l, lambda x, i: list_position(l, x) = i);
-- step first-of-each: the same for lists of any length: long ones come sorted, for Kusto leaves the order open.
create or replace macro kql_first_of_each(l) as case when len(l) <= 1000 then kql_unique(l) else list_sort(list_distinct(l)) end;
-- step bag-keys-of: the property names of all bags.
create or replace macro kql_keys_of(l) as
  kql_unique(flatten(list_transform(l, lambda b: case when json_type(b) = 'OBJECT' then json_keys(b) else []::varchar[] end)));
-- step merge-bags: one bag of several; of a property that several have, the first counts.
create or replace macro kql_merge_bags(l) as to_json(map(kql_keys_of(l), list_transform(kql_keys_of(l), lambda k:
  list_filter(list_transform(l, lambda b: kql_member(b, k)), lambda x: x is not null)[1])));
-- step cut-bag: a bag with n properties at most.
create or replace macro kql_cut_bag(j, n) as case when len(json_keys(j)) <= n then j
  else kql_pairs_bag(json_keys(j)[1:n], list_transform(json_keys(j)[1:n], lambda k: kql_member(j, k))) end;
-- step pair-texts: what two groups of a pattern caught, joined: one of the two is empty.
create or replace macro kql_pair_texts(s, re, a, b) as list_transform(
  list_zip(regexp_extract_all(s, re, a), regexp_extract_all(s, re, b)), lambda z: coalesce(z[1], '') || coalesce(z[2], ''));
-- step bag-of: keys and values side by side; of a key that comes twice, the first counts.
create or replace macro kql_bag_of(k, v) as
  to_json(map(kql_unique(k), list_transform(kql_unique(k), lambda x: trim(v[list_position(k, x)]))));
-- step key-value-bag: what parse-kv reads, as a bag.
create or replace macro kql_key_value_bag(s, re) as kql_bag_of(kql_pair_texts(s, re, 1, 2), kql_pair_texts(s, re, 3, 4));
-- step series-length: how many bins a series has; more than a million is refused by DuckDB's own error.
create or replace macro kql_series_length(n) as
  case when n > 1048576 then error('a series of more than 1048576 bins') else greatest(n, 0) end;
-- step series: the values at their places from the first on, the fill at all others; null when there is no value at all.
create or replace macro kql_series(places, vals, start, n, fill) as case when places is not null then to_json(list_transform(
  range(start, start + n), lambda i: case when list_contains(places, i) then vals[list_position(places, i)] else fill end)) end;
-- step type-name: what gettype() says of a dynamic value.
create or replace macro kql_type_name(j) as case when j is null then 'null' else case json_type(j)
  when 'ARRAY' then 'array' when 'OBJECT' then 'dictionary' when 'VARCHAR' then 'string' when 'BIGINT' then 'long'
  when 'UBIGINT' then 'long' when 'DOUBLE' then 'double' when 'BOOLEAN' then 'bool' else 'null' end end;

-- step at: the element at a place of an array, counted from 1; anything else stands for itself at each place.
create or replace macro kql_at(j, i) as case when json_type(j) = 'ARRAY' then kql_array(j)[i] else j end;
-- step is-true: whether a JSON value counts as true: a number that is not zero does; null for what is neither.
create or replace macro kql_is_true(j) as case when json_type(j) in ('BOOLEAN', 'BIGINT', 'UBIGINT', 'DOUBLE') then kql_real_of_dynamic(j) <> 0 end;
-- step array-iff: of each place the one or the other value, as the conditions say.
create or replace macro kql_array_iff(c, a, b) as case when json_type(c) = 'ARRAY' then to_json(list_transform(
  kql_array(c), lambda x, i: case when kql_is_true(x) then kql_at(a, i) when not kql_is_true(x) then kql_at(b, i) end)) end;
-- step place-in: an index into an array of n elements, from the end when negative, within it.
create or replace macro kql_place_in(i, n) as least(greatest(case when i < 0 then n + i else i end, 0), n);
-- step array-cuts: the places at which an array is cut, its start and end among them.
create or replace macro kql_array_cuts(j, places) as list_concat([0::bigint],
  list_transform(kql_spread(places), lambda x: kql_place_in(kql_long_of_dynamic(x), json_array_length(j)::bigint)), [json_array_length(j)::bigint]);
-- step array-split: the parts between the places.
create or replace macro kql_array_split(j, places) as case when json_type(j) = 'ARRAY' then to_json(list_transform(
  range(1, len(kql_array_cuts(j, places))),
  lambda p: list_slice(kql_array(j), kql_array_cuts(j, places)[p] + 1, kql_array_cuts(j, places)[p + 1]))) end;
-- step zip: one array for each place, of what the arrays hold there.
create or replace macro kql_zip(lists) as to_json(list_transform(range(1, 1 + list_max(list_transform(lists, lambda l: len(l)))),
  lambda p: list_transform(lists, lambda l: l[p])));
-- step bag-of-lists: a bag of keys and values.
create or replace macro kql_pairs_bag(k, v) as to_json(map(k, v));
-- step bag-without: a bag without some of its properties.
create or replace macro kql_bag_without(j, names) as case when json_type(j) = 'OBJECT' then kql_pairs_bag(
  list_filter(json_keys(j), lambda k: not list_contains(names, k)),
  list_transform(list_filter(json_keys(j), lambda k: not list_contains(names, k)), lambda k: kql_member(j, k))) end;
-- step bag-with: a bag with a property set.
create or replace macro kql_bag_with(j, name, v) as case when json_type(j) = 'OBJECT' then kql_pairs_bag(
  list_concat(json_keys(j), case when list_contains(json_keys(j), name) then []::varchar[] else [name] end),
  list_transform(list_concat(json_keys(j), case when list_contains(json_keys(j), name) then []::varchar[] else [name] end),
    lambda k: case when k = name then v else kql_member(j, k) end)) end;
-- step bag-zip: keys and values side by side; a key without a value has null, and what is no text is no key.
create or replace macro kql_bag_zip(k, v) as case when json_type(k) = 'ARRAY' then kql_pairs_bag(
  list_filter(kql_unique(kql_texts(k)), lambda x: json_type(kql_elements(k)[list_position(kql_texts(k), x)]) = 'VARCHAR'),
  list_transform(list_filter(kql_unique(kql_texts(k)), lambda x: json_type(kql_elements(k)[list_position(kql_texts(k), x)]) = 'VARCHAR'),
    lambda x: kql_elements(v)[list_position(kql_texts(k), x)])) end;
-- step set-equals: the same elements, in any order and number.
create or replace macro kql_set_equals(a, b) as list_has_all(kql_elements(a), kql_elements(b)) and list_has_all(kql_elements(b), kql_elements(a));
-- step sorted-places: the places of the elements in ascending order (or descending), nulls last, counted from 1.
create or replace macro kql_sorted_places(j, ascending) as list_transform(list_sort(list_transform(kql_array(j), lambda z, i: {
  'z': (json_type(z) = 'NULL') = ascending, 'n': try_cast(json_extract_string(z, '$') as double), 's': json_extract_string(z, '$'),
  'p': case when ascending then i else -i end}), case when ascending then 'ASC' else 'DESC' end), lambda q: abs(q.p));
-- step in-places: an array in the order of places.
create or replace macro kql_in_places(j, places) as case when json_type(j) = 'ARRAY'
  then to_json(list_transform(places, lambda p: kql_array(j)[p])) end;
-- step json-pointer-has: whether there is something at a path of a bag.
create or replace macro kql_has_pointer(j, pointer) as coalesce(json_type(j) = 'OBJECT' and json_extract(j, pointer) is not null, false);
-- step tree-nodes: what is in a JSON value, each as its place, that of what holds it, and the step between the two.
create or replace macro kql_tree_nodes(j) as (select list({'i': id, 'p': parent, 't': case when parent is null then ''
  when fullkey = path || '[' || key || ']' then '[0]' else '[''' || key || ''']' end} order by id) from json_tree(j));
-- step tree-paths: the same with the whole path in place of the step.
create or replace macro kql_tree_paths(l) as list_reduce(list_transform(l, lambda x: [x]), lambda y, x: list_append(y,
  {'i': x[1].i, 'p': x[1].p, 't': coalesce(list_filter(y, lambda q: q.i = x[1].p)[1].t, '') || x[1].t}));
-- step treepath: every path in a JSON value, the elements of an array as one.
create or replace macro kql_treepath(j) as case when json_type(j) in ('OBJECT', 'ARRAY') then (select to_json(kql_unique(paths)) from (
  select list_filter(list_transform(kql_tree_paths(nodes), lambda q: q.t), lambda t: t <> '') as paths from (select kql_tree_nodes(j) as nodes))) end;
