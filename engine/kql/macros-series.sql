-- Series: arrays of numbers; see macros.sql for what holds everywhere.

-- step json-of-real: a number as JSON, where NaN and infinity are texts.
create or replace macro kql_json_of_real(x) as case when isfinite(x) then to_json(x)
  when isnan(x) then '"NaN"'::json when x > 0 then '"Infinity"'::json when x < 0 then '"-Infinity"'::json end;
-- step number-of: the number that a JSON value is; null for anything else.
create or replace macro kql_number_of(j) as
  case when json_type(j) in ('BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE') then json_extract_string(j, '$')::double end;
-- step numbers: the elements of an array, null for what is no number.
create or replace macro kql_numbers(j) as
  case when json_type(j) = 'ARRAY' then list_transform(kql_array(j), lambda x: kql_number_of(x)) end;
-- step numbers-beside: the same; a number by itself stands at each place of the other.
create or replace macro kql_numbers_beside(j, other) as case when json_type(j) = 'ARRAY' then kql_numbers(j)
  when json_type(other) = 'ARRAY' and kql_number_of(j) is not null
  then list_transform(range(json_array_length(other)::bigint), lambda i: kql_number_of(j)) end;
-- step number-pairs: two series side by side, nulls where the shorter has ended.
create or replace macro kql_number_pairs(a, b) as list_zip(kql_numbers_beside(a, b), kql_numbers_beside(b, a));
-- step json-reals: numbers as a dynamic array.
create or replace macro kql_json_reals(l) as to_json(list_transform(l, lambda x: kql_json_of_real(x)));
-- step is-missing: whether an element is one to fill: null, or what stands for it.
create or replace macro kql_is_missing(x, placeholder) as
  (json_type(x) = 'NULL' or coalesce(x = placeholder, false) or coalesce(kql_number_of(x) = kql_number_of(placeholder), false));
-- step filled: a list in which null stands for the last element before it that is none.
create or replace macro kql_filled(l) as list_reduce(list_transform(l, lambda x: [x]),
  lambda y, x: list_append(y, coalesce(x[1], y[-1])), l[1:0]);
-- step filled-back: the same from behind.
create or replace macro kql_filled_back(l) as list_reverse(kql_filled(list_reverse(l)));
-- step known-elements: the elements of an array, SQL null for those that are missing.
create or replace macro kql_known_elements(j, placeholder) as
  list_transform(kql_array(j), lambda x: case when not kql_is_missing(x, placeholder) then x end);
-- step fill-forward: each missing element as the last before it.
create or replace macro kql_fill_forward(j, placeholder) as
  case when json_type(j) = 'ARRAY' then to_json(kql_filled(kql_known_elements(j, placeholder))) end;
-- step fill-backward: each missing element as the next after it.
create or replace macro kql_fill_backward(j, placeholder) as
  case when json_type(j) = 'ARRAY' then to_json(kql_filled_back(kql_known_elements(j, placeholder))) end;
-- step fill-constant: each missing element as this value.
create or replace macro kql_fill_constant(j, v, placeholder) as case when json_type(j) = 'ARRAY' then to_json(list_transform(kql_array(j),
  lambda x: case when kql_is_missing(x, placeholder) then v else x end)) end;
-- step all-whole: whether every number in a series is a whole one.
create or replace macro kql_all_whole(j) as
  len(list_filter(kql_array(j), lambda x: json_type(x) = 'DOUBLE')) = 0;
-- step with-places: known elements with their place, null for a missing one.
create or replace macro kql_with_places(l) as
  list_transform(l, lambda x, i: case when x is not null then {'i': i, 'v': kql_number_of(x)} end);
-- step on-line: the value at place i on the line between two known ones, or that of the one there is, if the edges are filled.
create or replace macro kql_on_line(i, a, b, edges) as case
  when a is not null and b is not null then a.v + (i - a.i) * (b.v - a.v) / (b.i - a.i) when edges then coalesce(a.v, b.v) end;
-- step fill-lines: missing elements by the lines between the known ones; `whole` cuts what is between them to whole numbers.
create or replace macro kql_fill_lines(l, whole, edges) as list_transform(
  list_zip(l, kql_filled(kql_with_places(l)), kql_filled_back(kql_with_places(l))), lambda z, i: case when z[1] is not null then z[1]
    when whole then to_json(trunc(kql_on_line(i, z[2], z[3], edges))::bigint) else kql_json_of_real(kql_on_line(i, z[2], z[3], edges)) end);
-- step fill-linear: the same of an array; one without any known element becomes the constant.
create or replace macro kql_fill_linear(j, placeholder, edges, constant) as case when json_type(j) <> 'ARRAY' then null
  when len(list_filter(kql_known_elements(j, placeholder), lambda x: x is not null)) = 0
  then to_json(list_transform(kql_array(j), lambda x: kql_json_of_real(constant)))
  else to_json(kql_fill_lines(kql_known_elements(j, placeholder), kql_all_whole(j), edges)) end;
-- step centred: numbers less their average.
create or replace macro kql_centred(l) as list_transform([list_avg(l)], lambda m: list_transform(l, lambda x: x - m))[1];
-- step variance: of a sample; zero for a single number.
create or replace macro kql_variance(l) as case when len(l) < 2 then 0
  else list_sum(list_transform(kql_centred(l), lambda x: x * x)) / (len(l) - 1) end;
-- step series-stats: what series_stats_dynamic() says of numbers.
create or replace macro kql_series_stats(l) as case when l is not null then json_object(
  'min', kql_json_of_real(list_min(l)), 'min_idx', list_position(l, list_min(l)) - 1,
  'max', kql_json_of_real(list_max(l)), 'max_idx', list_position(l, list_max(l)) - 1,
  'avg', kql_json_of_real(list_avg(l)), 'stdev', kql_json_of_real(sqrt(kql_variance(l))), 'variance', kql_json_of_real(kql_variance(l)), 'sum', kql_json_of_real(list_sum(l)), 'len', len(l)) end;
-- step dot: the sum of the products of two lists.
create or replace macro kql_dot(a, b) as list_sum(list_transform(list_zip(a, b), lambda z: z[1] * z[2]));
-- step pearson: how two series go together, from -1 to 1; null where one is constant or the lengths differ.
create or replace macro kql_pearson(a, b) as case when len(a) = len(b) and kql_dot(kql_centred(a), kql_centred(a)) > 0
  and kql_dot(kql_centred(b), kql_centred(b)) > 0
  then kql_dot(kql_centred(a), kql_centred(b)) / (sqrt(kql_dot(kql_centred(a), kql_centred(a))) * sqrt(kql_dot(kql_centred(b), kql_centred(b)))) end;
-- step places-of: 0, 1, 2 and so on for each element.
create or replace macro kql_places_of(l) as list_transform(l, lambda x, i: i - 1.0::double);
-- step slope: of the line that fits a series best.
create or replace macro kql_slope(l) as case when len(l) > 1
  then kql_dot(kql_centred(kql_places_of(l)), l) / kql_dot(kql_centred(kql_places_of(l)), kql_centred(kql_places_of(l))) else 0 end;
-- step line: the values of a line.
create or replace macro kql_line(l, slope, start) as list_transform(l, lambda x, i: start + slope * (i - 1));
-- step residues: a series less a line.
create or replace macro kql_residues(l, slope, start) as list_transform(l, lambda x, i: x - start - slope * (i - 1));
-- step fit-of: what series_fit_line_dynamic() says, from the slope and the first value of the line; Kusto counts places from 1.
create or replace macro kql_fit_of(l, slope, start) as json_object(
  'rsquare', kql_json_of_real(case when kql_variance(l) > 0
    then 1 - kql_dot(kql_residues(l, slope, start), kql_residues(l, slope, start)) / kql_dot(kql_centred(l), kql_centred(l)) else 0 end),
  'slope', kql_json_of_real(slope), 'variance', kql_json_of_real(kql_variance(l)),
  'rvariance', kql_json_of_real(kql_variance(kql_residues(l, slope, start))),
  'interception', kql_json_of_real(start - slope), 'line_fit', kql_json_reals(kql_line(l, slope, start)));
-- step fit-line: the straight line that fits a series best.
create or replace macro kql_fit_line(l) as case when len(l) > 0 and not list_contains(list_transform(l, lambda x: x is null), true)
  then kql_fit_of(l, kql_slope(l), list_avg(l) - kql_slope(l) * (len(l) - 1) / 2) end;
-- step zeros: so many zeros.
create or replace macro kql_zeros(n) as list_transform(range(n), lambda i: 0::double);
-- step fir: each element as the weighted sum of it and those before it, or as many places later when centred.
create or replace macro kql_fir(l, weights, centred) as list_transform([{'w': list_transform(list_reverse(weights), lambda w: coalesce(w, 0)), 'p': list_concat(
  kql_zeros(len(weights) - 1 - centred), list_transform(l, lambda x: coalesce(x, 0)), kql_zeros(centred))}],
  lambda f: list_transform(range(1, len(l) + 1), lambda i: list_inner_product(f.w, f.p[i:i + len(f.w) - 1])))[1];
-- step normal-weights: weights of a filter that sum to one; left as they are where they sum to zero.
create or replace macro kql_normal_weights(w) as
  case when list_sum(w) = 0 then w else list_transform(w, lambda x: x / list_sum(w)) end;
-- step iir: each element as the weighted sum of the input less that of the elements before it.
create or replace macro kql_iir(l, b, a) as list_reduce(list_transform(kql_fir(l, b, 0), lambda x: [x]),
  lambda y, x: list_append(y, (x[1] - coalesce(list_sum(list_transform(a[2:], lambda w, k:
    case when len(y) - k + 1 >= 1 then w * y[len(y) - k + 1] else 0 end)), 0)) / a[1]), []::double[]);
