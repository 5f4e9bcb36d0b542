-- Kusto's meaning of things, as DuckDB macros. What holds everywhere in the generated SQL:
--   a string is never NULL (Kusto has no null string: it is '');
--   datetime and timespan are BIGINT counts of ticks of 100 ns, a datetime's from the year 1;
--   dynamic is JSON, and the null of dynamic is SQL NULL;
--   decimal is DECIMAL(38,18).

-- step timestamp-of: ticks as a timestamp, which loses the seventh digit.
create or replace macro kql_timestamp(t) as make_timestamp(t // 10 - 62135596800000000);
-- step ticks-of: a timestamp as ticks.
create or replace macro kql_ticks(x) as (epoch_us(x) * 10 + 621355968000000000);
-- step wide-ticks: the same of a time that may lie outside of the years 1 to 9999.
create or replace macro kql_wide_ticks(x) as (epoch_us(x)::hugeint * 10 + 621355968000000000);

-- step text-of-datetime: 2026-03-02T08:15:03.1200000Z, the empty string for null.
create or replace macro kql_text_datetime(t) as coalesce(
  strftime(kql_timestamp(t), '%Y-%m-%dT%H:%M:%S.') || lpad((t % 10000000)::varchar, 7, '0') || 'Z', '');
-- step text-of-timespan: 1.02:03:04.5000000, without days and fraction where these are zero.
create or replace macro kql_text_timespan(t) as coalesce(
  case when t < 0 then '-' else '' end
  || case when abs(t) >= 864000000000 then (abs(t) // 864000000000)::varchar || '.' else '' end
  || lpad(((abs(t) // 36000000000) % 24)::varchar, 2, '0') || ':'
  || lpad(((abs(t) // 600000000) % 60)::varchar, 2, '0') || ':'
  || lpad(((abs(t) // 10000000) % 60)::varchar, 2, '0')
  || case when t % 10000000 <> 0 then '.' || lpad((abs(t) % 10000000)::varchar, 7, '0') else '' end, '');
-- step text-of-real: NaN and inf as Kusto spells them.
create or replace macro kql_text_real(x) as coalesce(
  case when isnan(x) then 'NaN' when isinf(x) then case when x > 0 then 'inf' else '-inf' end else x::varchar end, '');
-- step text-of-decimal: without the zeros at its end.
create or replace macro kql_text_decimal(x) as coalesce(rtrim(rtrim(x::varchar, '0'), '.'), '');
-- step text-of-bool: True and False.
create or replace macro kql_text_bool(x) as coalesce(case when x then 'True' when not x then 'False' end, '');
-- step text-of-dynamic: a string without its quotes, anything else as JSON.
create or replace macro kql_text_dynamic(j) as coalesce(json_extract_string(j, '$'), '');

-- step array: the elements of an array; the cast is for the null that DuckDB knows before it runs.
create or replace macro kql_array(j) as (json_extract(j, '$[*]')::json[]);
-- step member: a property as it stands; the key becomes a JSON pointer, so that no character in it has a meaning.
create or replace macro kql_member(j, k) as json_extract(j, '/' || replace(replace(k, '~', '~0'), '/', '~1'));
-- step not-null-dynamic: JSON null is the null of dynamic.
create or replace macro kql_dynamic(j) as case when json_type(j) = 'NULL' then null else j end;
-- step parse-json: text that is no JSON becomes a JSON string.
create or replace macro kql_parse_json(s) as
  case when s = '' then null when json_valid(s) then kql_dynamic(s::json) else to_json(s) end;
-- step property: one property of a bag.
create or replace macro kql_property(j, k) as kql_dynamic(kql_member(j, k));
-- step property-of-bag: the same for a key of digits, which would be an index in an array.
create or replace macro kql_bag_property(j, k) as case when json_type(j) = 'OBJECT' then kql_property(j, k) end;
-- step element: one element of an array, counted from the end when negative.
create or replace macro kql_element(j, i) as
  kql_dynamic(json_extract(j, '$[' || case when i < 0 then '#' else '' end || i::varchar || ']'));
-- step elements: the elements of an array; no array has none.
create or replace macro kql_elements(j) as
  case when json_type(j) = 'ARRAY' then kql_array(j) else []::json[] end;
-- step spread: the elements of an array, or the value itself.
create or replace macro kql_spread(j) as case when json_type(j) = 'ARRAY' then kql_array(j) else [j] end;
-- step expand: what mv-expand makes of a value: elements (an empty array has none), one-property bags, or the value.
create or replace macro kql_expand(j) as case json_type(j)
  when 'ARRAY' then kql_array(j)
  when 'OBJECT' then list_transform(json_keys(j), lambda k: json_object(k, kql_member(j, k)))
  else [j] end;
-- step expand-pairs: the same with bagexpansion=array: [key, value] for each property.
create or replace macro kql_expand_pairs(j) as case json_type(j)
  when 'OBJECT' then list_transform(json_keys(j), lambda k: json_array(k, kql_member(j, k)))
  else kql_expand(j) end;
-- step texts: the elements of an array as text.
create or replace macro kql_texts(j) as case
  when json_type(j) = 'ARRAY' then list_transform(kql_array(j), lambda x: coalesce(json_extract_string(x, '$'), ''))
  when j is null then [] else [json_extract_string(j, '$')] end;

-- step equal: null only when both are null.
create or replace macro kql_equal(a, b) as case when a is null and b is null then null else a is not distinct from b end;
-- step unequal: null only when both are null.
create or replace macro kql_unequal(a, b) as case when a is null and b is null then null else a is distinct from b end;
-- step equal-real: NaN equals nothing.
create or replace macro kql_equal_real(a, b) as
  case when a is null and b is null then null else coalesce(a = b, false) and not coalesce(isnan(a), false) end;

-- step term-pattern: a whole term: letters and digits on neither side of it.
create or replace macro kql_term_pattern(n) as (
  case when regexp_matches(n, '^[\p{L}\p{N}]') then '(^|[^\p{L}\p{N}])' else '' end || regexp_escape(n)
  || case when regexp_matches(n, '[\p{L}\p{N}]$') then '($|[^\p{L}\p{N}])' else '' end);
-- step has-cs: has_cs; contains() first, because it is far cheaper.
create or replace macro kql_has_cs(h, n) as (contains(h, n) and regexp_matches(h, kql_term_pattern(n), 's'));
-- step has: the same without regard to case.
create or replace macro kql_has(h, n) as (
  contains(lower(h), lower(n)) and regexp_matches(lower(h), kql_term_pattern(lower(n)), 's'));
-- step has-prefix-cs: a term that begins so.
create or replace macro kql_hasprefix_cs(h, n) as (
  contains(h, n) and regexp_matches(h, '(^|[^\p{L}\p{N}])' || regexp_escape(n), 's'));
-- step has-prefix: the same without regard to case.
create or replace macro kql_hasprefix(h, n) as kql_hasprefix_cs(lower(h), lower(n));
-- step has-suffix-cs: a term that ends so.
create or replace macro kql_hassuffix_cs(h, n) as (
  contains(h, n) and regexp_matches(h, regexp_escape(n) || '($|[^\p{L}\p{N}])', 's'));
-- step has-suffix: the same without regard to case.
create or replace macro kql_hassuffix(h, n) as kql_hassuffix_cs(lower(h), lower(n));

-- step wrap-64: a whole number as 64 bits hold it: it wraps, where DuckDB would fail.
create or replace macro kql_wrap64(x) as (
  (((x + 9223372036854775808) % 18446744073709551616 + 18446744073709551616) % 18446744073709551616 - 9223372036854775808)::bigint);
-- step wrap-32: the same for 32 bits.
create or replace macro kql_wrap32(x) as (
  ((x::hugeint + 2147483648) % 4294967296 + 4294967296) % 4294967296 - 2147483648)::integer;
-- step add: a sum that wraps.
create or replace macro kql_add(a, b) as coalesce(try(a + b), kql_wrap64(a::hugeint + b::hugeint));
-- step subtract: a difference that wraps.
create or replace macro kql_subtract(a, b) as coalesce(try(a - b), kql_wrap64(a::hugeint - b::hugeint));
-- step multiply: a product that wraps.
create or replace macro kql_multiply(a, b) as coalesce(try(a * b), kql_wrap64(a::hugeint * b::hugeint));
-- step wide-add: the same without TRY, for where a table is inside.
create or replace macro kql_wide_add(a, b) as kql_wrap64(a::hugeint + b::hugeint);
-- step wide-subtract: the same of a difference.
create or replace macro kql_wide_subtract(a, b) as kql_wrap64(a::hugeint - b::hugeint);
-- step wide-multiply: the same of a product.
create or replace macro kql_wide_multiply(a, b) as kql_wrap64(a::hugeint * b::hugeint);
-- step divide: whole numbers divide towards zero; by zero gives null.
create or replace macro kql_divide(a, b) as case when b = 0 then null when b = -1 then kql_wide_subtract(0, a) else a // b end;
-- step divide-down: towards the smaller number.
create or replace macro kql_divide_down(a, b) as case when a >= 0 then a // b else -((-a + b - 1) // b) end;
-- step modulo: never negative; by zero gives null.
create or replace macro kql_modulo(a, b) as case when b = 0 then null when b = -1 then 0
  when a % b >= 0 then a % b when b > 0 then a % b + b else a % b - b end;
-- step modulo-real: the same for reals.
create or replace macro kql_modulo_real(a, b) as case when b = 0 then 'nan'::double else a - abs(b) * floor(a / abs(b)) end;
-- step in-range: a datetime outside the years 1 to 9999 is null.
create or replace macro kql_in_range(t) as case when t between 0 and 3155378975999999999 then t end;
-- step moved: a datetime and a timespan together; null outside the years 1 to 9999.
create or replace macro kql_moved(a, b) as case
  when a between -3155378976000000000 and 3155378976000000000 and b between -3155378976000000000 and 3155378976000000000
  then kql_in_range(a + b) end;
-- step shifted: ticks and a number of ticks of any size; null outside the years 1 to 9999.
create or replace macro kql_shifted(t, n) as kql_in_range(t::hugeint + n)::bigint;
-- step rank: a percentage as DuckDB takes it.
create or replace macro kql_rank(p) as greatest(0.0::double, least(1.0::double, coalesce(p, 0) / 100.0));
-- step rand: a number from 0 to 1, or a whole one below n.
create or replace macro kql_rand(n) as case when n is null then random() else floor(random() * n) end;
-- step bin: down to a multiple.
create or replace macro kql_bin(v, b) as case when b <= 0 then null
  when v < -9000000000000000000 then kql_wide_subtract(v, kql_modulo(v, b)) else v - kql_modulo(v, b) end;
-- step bin-real: the same for reals.
create or replace macro kql_bin_real(v, b) as case when b <= 0 then null else floor(v / b) * b end;
-- step long-of-real: saturates.
create or replace macro kql_long_of_real(x) as case
  when isnan(x) or isinf(x) then null when x >= 9.2233720368547758e18 then 9223372036854775807
  when x <= -9.2233720368547758e18 then -9223372036854775808 else trunc(x)::bigint end;
-- step int-of-real: saturates.
create or replace macro kql_int_of_real(x) as case
  when isnan(x) or isinf(x) then null when x >= 2147483647 then 2147483647
  when x <= -2147483648 then -2147483648 else trunc(x)::integer end;

-- step long-of-text: decimal or hexadecimal digits, null for anything else.
create or replace macro kql_long_of_text(s) as case
  when regexp_full_match(s, '\s*[+-]?[0-9]+\s*') then try_cast(regexp_extract(s, '[+-]?[0-9]+') as bigint)
  when regexp_full_match(trim(s), '0[xX][0-9a-fA-F]{1,16}') then try_cast(trim(s) as bigint) end;
-- step real-of-text: null for what is no number.
create or replace macro kql_real_of_text(s) as case
  when regexp_full_match(trim(s), '[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?inf|nan|[+-]?Infinity|NaN')
  then try_cast(trim(s) as double) end;
-- step bool-of-text: true, false, or a whole number.
create or replace macro kql_bool_of_text(s) as case
  when lower(s) = 'true' then true when lower(s) = 'false' then false
  when regexp_full_match(s, '[+-]?[0-9]+') then try_cast(s as bigint) <> 0 end;
-- step timespan-of-text: 1.02:03:04.5 or 1.5h.
create or replace macro kql_timespan_of_text(s) as case
  when regexp_full_match(trim(s), '-?(\d+\.)?\d{1,2}:\d{1,2}(:\d{1,2}(\.\d{1,7})?)?') then
    (case when starts_with(trim(s), '-') then -1 else 1 end) * (
      coalesce(try_cast(regexp_extract(s, '(\d+)\.\d{1,2}:', 1) as bigint), 0) * 864000000000
      + try_cast(regexp_extract(s, '(\d{1,2}):\d{1,2}', 1) as bigint) * 36000000000
      + try_cast(regexp_extract(s, '\d{1,2}:(\d{1,2})', 1) as bigint) * 600000000
      + coalesce(try_cast(regexp_extract(s, '\d{1,2}:\d{1,2}:(\d{1,2})', 1) as bigint), 0) * 10000000
      + coalesce(try_cast(rpad(nullif(regexp_extract(s, ':\d{1,2}\.(\d{1,7})', 1), ''), 7, '0') as bigint), 0))
  when regexp_full_match(trim(s), '-?\d+') then try_cast(try_cast(trim(s) as hugeint) * 864000000000 as bigint)
  when regexp_full_match(trim(s), '-?\d+(\.\d+)?(d|h|m|s|ms|microsecond|tick)') then
    kql_long_of_real(try_cast(regexp_extract(s, '(-?\d+(\.\d+)?)', 1) as double) * case regexp_extract(s, '([a-z]+)\s*$', 1)
      when 'd' then 864000000000 when 'h' then 36000000000 when 'm' then 600000000 when 's' then 10000000
      when 'ms' then 10000 when 'microsecond' then 10 else 1 end) end;
-- step datetime-of-text: ISO 8601 first, then the other forms that Kusto documents.
create or replace macro kql_datetime_of_text(s) as case
  when regexp_matches(s, '^\s*\d{4}-\d{1,2}-\d{1,2}') then
    coalesce(
      kql_ticks(try_cast(case when regexp_matches(s, '([+-]\d{2}:?\d{2})\s*$') and regexp_matches(s, ':\d{2}') then null
        else regexp_replace(regexp_replace(trim(s), '\s*(Z|z|UTC|GMT)$', ''), '(:\d{2})\.\d+', '\1') end as timestamp)),
      kql_ticks(timezone('UTC', try_cast(regexp_replace(trim(s), '(:\d{2})\.\d+', '\1') as timestamptz))::timestamp))
    + case when regexp_matches(s, ':\d{2}\.\d+')
      then rpad(left(regexp_extract(s, ':\d{2}\.(\d+)', 1), 7), 7, '0')::bigint else 0 end
  when regexp_matches(s, '^\s*\d{4}-\d{1,2}\s*$') then kql_ticks(try_cast(trim(s) || '-01' as timestamp))
  else kql_ticks(coalesce(try_strptime(trim(s), ['%a %b %d %H:%M:%S %Y', '%m/%d/%Y %H:%M:%S', '%m/%d/%Y %I:%M:%S %p',
    '%m/%d/%Y %H:%M', '%m/%d/%Y', '%m-%d-%Y', '%a, %d %b %Y %H:%M:%S GMT', '%a, %d %b %y %H:%M:%S GMT', '%a, %d %b %y %H:%M:%S',
    '%d %b %Y %H:%M:%S', '%d %b %Y', '%B %d %Y', '%Y%m%d', '%Y']))) end;
-- step long-of-dynamic: the number in a JSON value.
create or replace macro kql_long_of_dynamic(j) as case json_type(j)
  when 'DOUBLE' then kql_long_of_real(json_extract_string(j, '$')::double)
  when 'BOOLEAN' then (json_extract_string(j, '$') = 'true')::bigint
  else kql_long_of_text(json_extract_string(j, '$')) end;
-- step int-of-dynamic: reals saturate, whole numbers wrap.
create or replace macro kql_int_of_dynamic(j) as case json_type(j)
  when 'DOUBLE' then kql_int_of_real(json_extract_string(j, '$')::double) else kql_wrap32(kql_long_of_dynamic(j)) end;
-- step real-of-dynamic: the number in a JSON value.
create or replace macro kql_real_of_dynamic(j) as case json_type(j)
  when 'BOOLEAN' then (json_extract_string(j, '$') = 'true')::bigint::double
  else kql_real_of_text(json_extract_string(j, '$')) end;

-- step substring: a start before the text counts from its end.
create or replace macro kql_substring
  (s, i) as coalesce(substr(s, greatest(case when i < 0 then length(s) + i else i end, 0) + 1), ''),
  (s, i, n) as case when n < 0 then '' else
    coalesce(substr(s, greatest(case when i < 0 then length(s) + i else i end, 0) + 1, n), '') end;
-- step start-index: where a search that is to start at i begins; from the end when negative.
create or replace macro kql_start_index(s, i) as case when i < 0 then greatest(length(s) + i, 0) else i end;
-- step found-at: the place of a find in a text that was cut at the start index; -1 for none.
create or replace macro kql_found_at(p, i) as case when p = 0 then -1 else p - 1 + i end;
-- step places-of-text: where a text stands in another, from place i on, counted from 0.
create or replace macro kql_places_of_text(s, x, i) as list_filter(range(i, length(s)::bigint), lambda p: substr(s, p + 1, length(x)) = x);
-- step in-reach: the finds up to the first that ends more than n places after where its search began: at i, or after the find before.
create or replace macro kql_in_reach(places, i, size, n) as case when n < 0 then places else list_filter(places, lambda p, nth: len(list_filter(
  places[1:nth], lambda q, before: q + size > case when before = 1 then i else places[before - 1] + 1 end + n)) = 0) end;
-- step indexof: counted from 0; -1 when it is not there. n: how much of the text is searched; k: which find counts.
create or replace macro kql_indexof
  (s, x) as (strpos(s, x) - 1),
  (s, x, i) as kql_found_at(strpos(substr(s, kql_start_index(s, i) + 1), x), kql_start_index(s, i)),
  (s, x, i, n) as kql_found_at(strpos(substr(s, kql_start_index(s, i) + 1, case when n < 0 then length(s) else n end), x), kql_start_index(s, i)),
  (s, x, i, n, k) as coalesce(kql_in_reach(kql_places_of_text(s, x, kql_start_index(s, i)), kql_start_index(s, i), length(x), n)[k], -1);
-- step split: an empty separator does not split.
create or replace macro kql_split(s, d) as case when d = '' then [s] else string_split(s, d) end;
-- step split-one: the part of that index as an array of one; null when there is none.
create or replace macro kql_split_one(s, d, i) as
  to_json(case when i between 0 and len(kql_split(s, d)) - 1 then [kql_split(s, d)[i + 1]] end);
-- step countof: how often the text occurs; occurrences may overlap.
create or replace macro kql_countof(s, x) as case when x = '' then 0
  else len(list_filter(range(1, length(s) - length(x) + 2), lambda i: substr(s, i, length(x)) = x)) end;
-- step trim-start: one match at the start.
create or replace macro kql_trim_start(re, s) as regexp_replace(s, '^(' || re || ')', '');
-- step trim-end: one match at the end.
create or replace macro kql_trim_end(re, s) as regexp_replace(s, '(' || re || ')$', '');
-- step trim: one match at either end.
create or replace macro kql_trim(re, s) as kql_trim_end(re, kql_trim_start(re, s));
-- step strcmp: -1, 0 or 1.
create or replace macro kql_strcmp(a, b) as case when a = b then 0 when a < b then -1 else 1 end;

-- step start-of-week: weeks start on Sunday.
create or replace macro kql_start_of_week(t) as (date_trunc('day', kql_timestamp(t)) - to_days(dayofweek(kql_timestamp(t))::integer));
-- step diff-ticks: how many boundaries of a unit lie between.
create or replace macro kql_diff(a, b, unit) as (kql_divide_down(a, unit) - kql_divide_down(b, unit));
-- step month-number: months since the year 0.
create or replace macro kql_month_number(t) as (date_part('year', kql_timestamp(t)) * 12 + date_part('month', kql_timestamp(t)) - 1);
-- step add-months: the day is kept where the month has it.
create or replace macro kql_add_months(t, n) as case when n between -120000 and 120000
  then kql_in_range(kql_ticks(try(kql_timestamp(t) + to_months(try_cast(n as integer)))) + t % 10) end;
-- step make-datetime: null when there is no such moment.
create or replace macro kql_make_datetime(y, mo, d, h, mi, s) as
  (kql_ticks(try(make_timestamp(y, mo, d, h, mi, trunc(s)))) + round((s - trunc(s)) * 10000000)::bigint);
-- step make-timespan: null when a part is out of its range.
create or replace macro kql_make_timespan(d, h, m, s) as case
  when d >= 0 and h between 0 and 23 and m between 0 and 59 and s >= 0 and s < 60
  then d * 864000000000 + h * 36000000000 + m * 600000000 + round(s * 10000000)::bigint end;

-- step geo-distance: metres on a sphere of Kusto's radius; null outside the coordinates of the earth.
create or replace macro kql_geo_distance(lon1, lat1, lon2, lat2) as case
  when abs(lat1) > 90 or abs(lat2) > 90 or abs(lon1) > 180 or abs(lon2) > 180 then null
  else 2 * 6371010.0 * asin(least(1.0, sqrt(pow(sin(radians(lat2 - lat1) / 2), 2)
    + cos(radians(lat1)) * cos(radians(lat2)) * pow(sin(radians(lon2 - lon1) / 2), 2)))) end;
