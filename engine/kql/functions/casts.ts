import type { ScalarType } from '../plan';

/** The DuckDB type that holds a Kusto type. */
export const STORED_AS: Readonly<Record<ScalarType, string>> = {
  bool: 'boolean',
  int: 'integer',
  long: 'bigint',
  real: 'double',
  decimal: 'decimal(38,18)',
  string: 'varchar',
  datetime: 'bigint',
  timespan: 'bigint',
  guid: 'uuid',
  dynamic: 'json',
};

type Row = Readonly<Partial<Record<ScalarType, string>>>;

/** How a value of one type becomes another: CASTS[from][to], with `$1` the value. What is not here is no conversion. */
export const CASTS: Readonly<Record<ScalarType, Row>> = {
  string: {
    bool: 'kql_bool_of_text($1)',
    int: 'try_cast(kql_long_of_text($1) as integer)',
    long: 'kql_long_of_text($1)',
    real: 'kql_real_of_text($1)',
    decimal: 'try_cast($1 as decimal(38,18))',
    datetime: 'kql_datetime_of_text($1)',
    timespan: 'kql_timespan_of_text($1)',
    guid: 'try_cast($1 as uuid)',
    dynamic: 'to_json($1)',
  },
  dynamic: {
    bool: "kql_bool_of_text(json_extract_string($1, '$'))",
    int: 'kql_int_of_dynamic($1)',
    long: 'kql_long_of_dynamic($1)',
    real: 'kql_real_of_dynamic($1)',
    decimal: "try_cast(json_extract_string($1, '$') as decimal(38,18))",
    string: 'kql_text_dynamic($1)',
    datetime: "kql_datetime_of_text(json_extract_string($1, '$'))",
    timespan: "kql_timespan_of_text(json_extract_string($1, '$'))",
    guid: "try_cast(json_extract_string($1, '$') as uuid)",
  },
  bool: {
    int: '$1::integer',
    long: '$1::bigint',
    real: '$1::integer::double',
    decimal: '$1::integer::decimal(38,18)',
    string: 'kql_text_bool($1)',
    dynamic: 'to_json($1)',
  },
  int: {
    bool: '($1 <> 0)',
    long: '$1::bigint',
    real: '$1::double',
    decimal: '$1::decimal(38,18)',
    string: "coalesce($1::varchar, '')",
    datetime: '$1::bigint',
    timespan: '$1::bigint',
    dynamic: 'to_json($1)',
  },
  long: {
    bool: '($1 <> 0)',
    int: 'kql_wrap32($1)',
    real: '$1::double',
    decimal: 'try_cast($1 as decimal(38,18))',
    string: "coalesce($1::varchar, '')",
    datetime: '$1',
    timespan: '$1',
    dynamic: 'to_json($1)',
  },
  real: {
    bool: '($1 <> 0)',
    int: 'kql_int_of_real($1)',
    long: 'kql_long_of_real($1)',
    decimal: 'try_cast($1 as decimal(38,18))',
    string: 'kql_text_real($1)',
    datetime: 'kql_long_of_real($1)',
    timespan: 'kql_long_of_real($1)',
    dynamic: 'kql_json_of_real($1)',
  },
  decimal: {
    bool: '($1 <> 0)',
    int: 'try_cast(trunc($1) as integer)',
    long: 'try_cast(trunc($1) as bigint)',
    real: '$1::double',
    string: 'kql_text_decimal($1)',
    dynamic: 'to_json(kql_text_decimal($1))',
  },
  datetime: {
    int: 'kql_wrap32($1)',
    long: '$1',
    real: '$1::double',
    string: 'kql_text_datetime($1)',
    dynamic: 'to_json(case when $1 is not null then kql_text_datetime($1) end)',
  },
  timespan: {
    int: 'kql_wrap32($1)',
    long: '$1',
    real: '$1::double',
    string: 'kql_text_timespan($1)',
    dynamic: 'to_json(case when $1 is not null then kql_text_timespan($1) end)',
  },
  guid: {
    string: "coalesce($1::varchar, '')",
    dynamic: 'to_json($1::varchar)',
  },
};
