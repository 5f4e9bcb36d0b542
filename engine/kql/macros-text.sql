-- More of text; see macros.sql for what holds everywhere.

-- step digits-of: a number in hexadecimal digits, a negative one as its 64 bits.
create or replace macro kql_hex(n, width) as coalesce(lpad(lower(to_hex(n)), greatest(width, length(to_hex(n)))::integer, '0'), '');
-- step indexof-regex: where a pattern first matches, counted from 0; -1 when it does not. `re` is the pattern in brackets.
create or replace macro kql_indexof_regex(s, re, i) as case when regexp_matches(substr(s, kql_start_index(s, i) + 1), re)
  then length(regexp_extract(substr(s, kql_start_index(s, i) + 1), '^((?s:.)*?)' || re, 1)) + kql_start_index(s, i) else -1 end;
-- step text-bag: keys and values side by side, as they are; of a key that comes twice, the first counts.
create or replace macro kql_text_bag(k, v) as to_json(map(kql_unique(k), list_transform(kql_unique(k), lambda x: v[list_position(k, x)])));
-- step query-bag: the parameters of a URL.
create or replace macro kql_query_bag(q) as kql_text_bag(regexp_extract_all(q, '([^=&]+)=([^&]*)', 1), regexp_extract_all(q, '([^=&]+)=([^&]*)', 2));
-- step url-part: one part of a URL by its number in this pattern.
create or replace macro kql_url_part(s, i) as coalesce(regexp_extract(s, '^(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?://)?(?:([^:@/?#]*)(?::([^@/?#]*))?@)?([^:/?#]*)(?::(\d+))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$', i), '');
-- step parse-url: the parts of a URL as a bag.
create or replace macro kql_parse_url(s) as json_object('Scheme', kql_url_part(s, 1), 'Host', kql_url_part(s, 4), 'Port', kql_url_part(s, 5),
  'Path', kql_url_part(s, 6), 'Username', kql_url_part(s, 2), 'Password', kql_url_part(s, 3),
  'Query Parameters', kql_query_bag(kql_url_part(s, 7)), 'Fragment', kql_url_part(s, 8));
-- step parse-csv: the fields of one line, quotes undone.
create or replace macro kql_parse_csv(s) as to_json(list_transform(
  regexp_extract_all(regexp_extract(s, '^(?:[^\r\n"]|"(?:[^"]|"")*"|")*') || ',', '("(?:[^"]|"")*"|[^,]*),', 1),
  lambda f: case when starts_with(f, '"') then replace(f[2:-2], '""', '"') else f end));
-- step escape-regex: a text as the pattern that matches it.
create or replace macro kql_escape_regex(s) as regexp_replace(s, '([\\.+*?()|\[\]{}^$#&~-])', '\\\1', 'g');
-- step url-encode: as forms do: lower-case digits, a plus for a space.
create or replace macro kql_url_encode(s) as array_to_string(list_transform(
  regexp_extract_all(url_encode(s), '%..|[^%]+'), lambda p: case when p = '%20' then '+' when p[1] = '%' then lower(p) else p end), '');
-- step url-encode-component: the same with %20 for a space.
create or replace macro kql_url_encode_component(s) as replace(kql_url_encode(s), '+', '%20');
-- step joined: texts as one, with another between them.
create or replace macro kql_joined(l, d) as case when len(l) = 0 then '' else list_reduce(l, lambda a, b: a || d || b) end;
-- step of-codepoint: the character of a code point; the empty text for a number that is none.
create or replace macro kql_of_codepoint(c) as
  case when c between 0 and 55295 or c between 57344 and 1114111 then chr(c::integer) else '' end;
-- step translate: each character of one list as that at its place in another, of which the last stands for all after it.
create or replace macro kql_translate(old, fresh, s) as
  translate(s, old, case when fresh <> '' and length(fresh) < length(old) then rpad(fresh, length(old)::integer, right(fresh, 1)) else fresh end);
