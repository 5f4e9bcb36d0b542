import type { FunctionTable } from './table';

/** Addresses of IPv4 and IPv6, alone and in a text. */
export const NETWORK: FunctionTable = {
  parse_ipv4: { takes: 'string', gives: 'long', sql: 'kql_parse_ipv4($1)' },
  parse_ipv4_mask: {
    takes: 'string, long',
    gives: 'long',
    sql: 'case when $2 between 0 and 32 then kql_parse_ipv4($1) & kql_ipv4_mask($2) end',
  },
  parse_ipv6: { takes: 'string', gives: 'string', sql: 'kql_parse_ipv6($1)' },
  parse_ipv6_mask: {
    takes: 'string, long',
    gives: 'string',
    sql: "case when $2 between 0 and 128 then kql_ipv6_of_number(kql_ipv6_number($1), least(kql_ipv6_prefix(trim($1)), $2)) else '' end",
  },
  ipv4_is_private: { takes: 'string', gives: 'bool', sql: 'kql_ipv4_private($1)' },
  ipv4_is_in_range: { takes: 'string, string', gives: 'bool', sql: 'kql_ipv4_match($1, $2, 32)' },
  ipv4_is_match: { takes: 'string, string, long?', gives: 'bool', sql: 'kql_ipv4_match($1, $2, coalesce($3, 32))' },
  ipv4_compare: { takes: 'string, string, long?', gives: 'long', sql: 'kql_ipv4_compare($1, $2, coalesce($3, 32))' },
  ipv4_netmask_suffix: {
    takes: 'string',
    gives: 'long',
    sql: "case when kql_ipv4_number(split_part(trim($1), '/', 1)) is not null then kql_ipv4_prefix(trim($1)) end",
  },
  format_ipv4: { takes: 'string, long?', gives: 'string', sql: 'kql_format_ipv4($1, coalesce($2, 32))' },
  format_ipv4_mask: { takes: 'string, long?', gives: 'string', sql: 'kql_format_ipv4_mask($1, coalesce($2, 32))' },
  'ipv4-in-any': {
    takes: 'string, dynamic',
    gives: 'bool',
    sql: '(len(list_filter(kql_texts($2), lambda r: coalesce(kql_ipv4_match($1, r, 32), false))) > 0)',
  },
  ipv6_compare: { takes: 'string, string, long?', gives: 'long', sql: 'kql_ipv6_compare($1, $2, coalesce($3, 128))' },
  ipv6_is_match: {
    takes: 'string, string, long?',
    gives: 'bool',
    sql: '(kql_ipv6_compare($1, $2, coalesce($3, 128)) = 0)',
  },
  ipv6_is_in_range: { takes: 'string, string', gives: 'bool', sql: '(kql_ipv6_compare($1, $2, 128) = 0)' },
  'ipv6-in-any': {
    takes: 'string, dynamic',
    gives: 'bool',
    sql: 'exists (select 1 from (select unnest(kql_texts($2)) as range) where kql_ipv6_compare($1, range, 128) = 0)',
  },
  has_ipv4: { takes: 'string, string', gives: 'bool', sql: 'kql_has_ipv4($1, $2)' },
  has_ipv4_prefix: { takes: 'string, string', gives: 'bool', sql: 'kql_has_ipv4_prefix($1, $2)' },
  'has-any-ipv4': {
    takes: 'string, dynamic',
    gives: 'bool',
    sql: '(len(list_filter(kql_texts($2), lambda a: kql_has_ipv4($1, a))) > 0)',
  },
  'has-any-ipv4-prefix': {
    takes: 'string, dynamic',
    gives: 'bool',
    sql: '(len(list_filter(kql_texts($2), lambda p: kql_has_ipv4_prefix($1, p))) > 0)',
  },
};
