-- IPv4 and IPv6; see macros.sql for what holds everywhere.

-- step ipv4-number: an address as a number; null for what is no address.
create or replace macro kql_ipv4_number(s) as case
  when regexp_full_match(s, '(25[0-5]|2[0-4]\d|1?\d{1,2})(\.(25[0-5]|2[0-4]\d|1?\d{1,2})){3}') then
    (split_part(s, '.', 1)::bigint << 24) | (split_part(s, '.', 2)::bigint << 16)
    | (split_part(s, '.', 3)::bigint << 8) | split_part(s, '.', 4)::bigint end;
-- step ipv4-prefix: the length of its prefix, 32 where none is written.
create or replace macro kql_ipv4_prefix(s) as case when not contains(s, '/') then 32
  when regexp_full_match(split_part(s, '/', 2), '\d{1,2}') and split_part(s, '/', 2)::bigint <= 32
  then split_part(s, '/', 2)::bigint end;
-- step ipv4-mask: the netmask of a prefix length.
create or replace macro kql_ipv4_mask(n) as ((1::bigint << 32) - (1::bigint << (32 - n)));
-- step parse-ipv4: an address or network as a number.
create or replace macro kql_parse_ipv4(s) as
  (kql_ipv4_number(split_part(trim(s), '/', 1)) & kql_ipv4_mask(kql_ipv4_prefix(trim(s))));
-- step ipv4-match: equal in the bits that the shortest of the three prefixes covers.
create or replace macro kql_ipv4_match(a, b, n) as (
  (kql_ipv4_number(split_part(trim(a), '/', 1)) & kql_ipv4_mask(least(kql_ipv4_prefix(trim(a)), kql_ipv4_prefix(trim(b)), n)))
  = (kql_ipv4_number(split_part(trim(b), '/', 1)) & kql_ipv4_mask(least(kql_ipv4_prefix(trim(a)), kql_ipv4_prefix(trim(b)), n))));
-- step ipv4-private: in a private network.
create or replace macro kql_ipv4_private(a) as (kql_ipv4_match(a, '10.0.0.0/8', 8)
  or kql_ipv4_match(a, '172.16.0.0/12', 12) or kql_ipv4_match(a, '192.168.0.0/16', 16));
-- step ipv6-groups: the groups of one side of a double colon.
create or replace macro kql_ipv6_groups(s) as (case when s = '' then [] else string_split(s, ':') end);
-- step ipv6-filled: the groups of both sides with zeros between them; of the wrong number where it is no address.
create or replace macro kql_ipv6_filled(head, tail, doubled) as (head || list_transform(
  range(case when doubled then greatest(8 - len(head) - len(tail), 0) else 0 end), lambda i: '0') || tail);
-- step ipv6-text: eight groups of four digits; the empty text for what is no address.
create or replace macro kql_ipv6_text(groups) as (case when len(groups) = 8
  and len(list_filter(groups, lambda g: not regexp_full_match(g, '[0-9a-f]{1,4}'))) = 0
  then array_to_string(list_transform(groups, lambda g: lpad(g, 4, '0')), ':') else '' end);
-- step ipv4-groups: an IPv4 address as the last two groups.
create or replace macro kql_ipv4_groups(n) as (printf('%04x:%04x', n >> 16, n & 65535));
-- step ipv6-plain: a text without an IPv4 address at its end.
create or replace macro kql_ipv6_plain(s) as (case when regexp_matches(s, ':[0-9.]*\.[0-9.]*$')
  then regexp_extract(s, '^(.*:)', 1) || coalesce(kql_ipv4_groups(kql_ipv4_number(regexp_extract(s, '([0-9.]*)$', 1))), 'x') else s end);
-- step canonical-ipv6: an address of either kind, without a prefix length, in the long form; the empty text for what is no address.
create or replace macro kql_canonical_ipv6(s) as (case
  when kql_ipv4_number(s) is not null then '0000:0000:0000:0000:0000:ffff:' || kql_ipv4_groups(kql_ipv4_number(s))
  when contains(s, ':') then (select kql_ipv6_text(kql_ipv6_filled(
    kql_ipv6_groups(split_part(p, '::', 1)),
    case when contains(p, '::') then kql_ipv6_groups(substring(p, strpos(p, '::') + 2)) else [] end,
    contains(p, '::'))) from (select kql_ipv6_plain(lower(s)) as p))
  else '' end);
-- step hex-number: sixteen hexadecimal digits as a number.
create or replace macro kql_hex_number(t) as ('0x' || t)::ubigint::uhugeint;
-- step number-of-ipv6: the 128 bits of a canonical address; null for the empty text.
create or replace macro kql_number_of_ipv6(c) as case when c <> '' then
  (kql_hex_number(left(replace(c, ':', ''), 16)) << 64::uhugeint) + kql_hex_number(right(replace(c, ':', ''), 16)) end;
-- step ipv6-number: the 128 bits of an address of either kind; a prefix length after it does not count.
create or replace macro kql_ipv6_number(s) as (select kql_number_of_ipv6(canonical)
  from (select kql_canonical_ipv6(split_part(trim(s), '/', 1)) as canonical));
-- step ipv6-prefix: the length of its prefix in bits of IPv6, 128 where none is written.
create or replace macro kql_ipv6_prefix(s) as case when not contains(s, '/') then 128
  when contains(s, ':') and regexp_full_match(split_part(s, '/', 2), '\d{1,3}') and split_part(s, '/', 2)::bigint <= 128
    then split_part(s, '/', 2)::bigint
  when not contains(s, ':') then 96 + kql_ipv4_prefix(s) end;
-- step ipv6-network: the bits that a prefix length covers, at the right end.
create or replace macro kql_ipv6_network(n, prefix) as case when prefix <= 0 then 0 * n else n >> (128 - prefix)::uhugeint end;
-- step ipv6-covered: how many bits the shortest of the three prefixes covers.
create or replace macro kql_ipv6_covered(a, b, n) as least(kql_ipv6_prefix(trim(a)), kql_ipv6_prefix(trim(b)), n);
-- step ipv6-compare: -1, 0 or 1, by the bits that the shortest prefix covers; null when one is no address.
create or replace macro kql_ipv6_compare(a, b, n) as (select case when one is null or other is null or covered is null then null
  when kql_ipv6_network(one, covered) = kql_ipv6_network(other, covered) then 0 when one < other then -1 else 1 end
  from (select kql_ipv6_number(a) as one, kql_ipv6_number(b) as other, kql_ipv6_covered(a, b, n) as covered));
-- step sixteen-digits: 64 bits as sixteen hexadecimal digits.
create or replace macro kql_sixteen_digits(n) as lpad(lower(to_hex(n::ubigint)), 16, '0');
-- step grouped-digits: 32 digits in groups of four.
create or replace macro kql_grouped_digits(t) as
  regexp_replace(t, '(.{4})(.{4})(.{4})(.{4})(.{4})(.{4})(.{4})(.{4})', '\1:\2:\3:\4:\5:\6:\7:\8');
-- step ipv6-text-of: 128 bits in the long form.
create or replace macro kql_ipv6_text_of(n) as
  kql_grouped_digits(kql_sixteen_digits(n >> 64::uhugeint) || kql_sixteen_digits(n & 18446744073709551615::uhugeint));
-- step ipv6-of-number: 128 bits in the long form, the bits after the prefix cleared.
create or replace macro kql_ipv6_of_number(n, prefix) as (select coalesce(kql_ipv6_text_of(bits), '') from (
  select case when prefix <= 0 then 0 * n else (n >> (128 - prefix)::uhugeint) << (128 - prefix)::uhugeint end as bits));
-- step parse-ipv6: an address of either kind in the long form, masked by its prefix; the empty text for what is no address.
create or replace macro kql_parse_ipv6(s) as case when contains(s, '/')
  then kql_ipv6_of_number(kql_ipv6_number(s), kql_ipv6_prefix(trim(s))) else kql_canonical_ipv6(trim(s)) end;
-- step ipv4-compare: -1, 0 or 1, by the bits that the shortest of the three prefixes covers; null when one is no address.
create or replace macro kql_ipv4_compare(a, b, n) as case when kql_ipv4_match(a, b, n) then 0
  when kql_ipv4_number(split_part(trim(a), '/', 1)) < kql_ipv4_number(split_part(trim(b), '/', 1)) then -1
  when kql_ipv4_match(a, b, n) is not null then 1 end;
-- step ipv4-of-number: a number as an address; the empty text outside of 32 bits.
create or replace macro kql_ipv4_of_number(n) as case when n between 0 and 4294967295 then
  (n >> 24) || '.' || ((n >> 16) & 255) || '.' || ((n >> 8) & 255) || '.' || (n & 255) else '' end;
-- step ipv4-any-number: an address, as text or as a number in digits, as a number.
create or replace macro kql_ipv4_any_number(s) as coalesce(kql_ipv4_number(split_part(trim(s), '/', 1)),
  case when regexp_full_match(s, '\d{1,10}') then s::bigint end);
-- step format-ipv4: an address masked by a prefix length; the empty text for what is none.
create or replace macro kql_format_ipv4(s, n) as case when n between 0 and 32
  then coalesce(kql_ipv4_of_number(kql_ipv4_any_number(s) & kql_ipv4_mask(least(n, coalesce(kql_ipv4_prefix(s), 32)))), '') else '' end;
-- step format-ipv4-mask: the same with the prefix length after it.
create or replace macro kql_format_ipv4_mask(s, n) as case when kql_format_ipv4(s, n) = '' then ''
  else kql_format_ipv4(s, n) || '/' || least(n, coalesce(kql_ipv4_prefix(s), 32)) end;
-- step has-ipv4: whether an address stands in a text, with no letter or digit beside it.
create or replace macro kql_has_ipv4(s, ip) as kql_ipv4_number(ip) is not null
  and regexp_matches(s, '(^|[^\p{L}\p{N}])' || regexp_escape(ip) || '($|[^\p{L}\p{N}])', 's');
-- step ipv4s-in: the addresses in a text.
create or replace macro kql_ipv4s_in(s) as list_filter(regexp_extract_all(s, '(?:^|[^\p{L}\p{N}])(\d{1,3}(?:\.\d{1,3}){3})', 1),
  lambda a: kql_has_ipv4(s, a));
-- step has-ipv4-prefix: whether an address that begins so stands in a text; a prefix ends with a dot or is whole.
create or replace macro kql_has_ipv4_prefix(s, p) as case when kql_ipv4_number(p) is not null then kql_has_ipv4(s, p)
  else regexp_full_match(p, '(\d{1,3}\.){1,3}') and len(list_filter(kql_ipv4s_in(s), lambda a: starts_with(a, p))) > 0 end;
