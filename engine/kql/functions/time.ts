import type { FunctionTable } from './table';

const part = (name: string): { takes: string; gives: 'int'; sql: string } => ({
  takes: 'datetime',
  gives: 'int',
  sql: `date_part('${name}', kql_timestamp($1))::integer`,
});
const start = (sql: string): { takes: string; gives: 'datetime'; sql: string } => ({
  takes: 'datetime, long?',
  gives: 'datetime',
  sql: `kql_in_range(kql_wide_ticks(try(${sql})))::bigint`,
});
/** The last tick before the next day, week, month or year; computed so that the year 9999 does not overflow. */
const end = (sql: string): { takes: string; gives: 'datetime'; sql: string } => ({
  takes: 'datetime, long?',
  gives: 'datetime',
  sql: `kql_in_range(kql_wide_ticks(try(${sql})) - 1)::bigint`,
});
const DAY = "date_trunc('day', kql_timestamp($1))";
const MONTH = "date_trunc('month', kql_timestamp($1))";
const YEAR = "date_trunc('year', kql_timestamp($1))";
const diff = (unit: number): { takes: string; gives: 'long'; sql: string } => ({
  takes: 'datetime, datetime',
  gives: 'long',
  sql: `kql_diff($1, $2, ${unit})`,
});
const addTicks = (unit: number): { takes: string; gives: 'datetime'; sql: string } => ({
  takes: 'long, datetime',
  gives: 'datetime',
  sql: `kql_shifted($2, $1::hugeint * ${unit})`,
});
const addMonths = (months: number): { takes: string; gives: 'datetime'; sql: string } => ({
  takes: 'long, datetime',
  gives: 'datetime',
  sql: `kql_add_months($2, $1::hugeint * ${months})`,
});
const UNIT = {
  microsecond: 10,
  millisecond: 10_000,
  second: 10_000_000,
  minute: 600_000_000,
  hour: 36_000_000_000,
  day: 864_000_000_000,
};

/** `datetime_diff-week` and its like are what a call with that unit as its first argument becomes. */
export const TIME: FunctionTable = {
  startofday: start(`${DAY} + to_days(coalesce($2, 0)::integer)`),
  startofweek: start('kql_start_of_week($1) + to_days(7 * coalesce($2, 0)::integer)'),
  startofmonth: start(`${MONTH} + to_months(coalesce($2, 0)::integer)`),
  startofyear: start(`${YEAR} + to_years(coalesce($2, 0)::integer)`),
  endofday: end(`${DAY} + to_days(1 + coalesce($2, 0)::integer)`),
  endofweek: end('kql_start_of_week($1) + to_days(7 + 7 * coalesce($2, 0)::integer)'),
  endofmonth: end(`${MONTH} + to_months(1 + coalesce($2, 0)::integer)`),
  endofyear: end(`${YEAR} + to_years(1 + coalesce($2, 0)::integer)`),
  hourofday: part('hour'),
  getyear: part('year'),
  getmonth: part('month'),
  monthofyear: part('month'),
  dayofmonth: part('day'),
  dayofyear: part('doy'),
  week_of_year: part('week'),
  weekofyear: part('week'),
  dayofweek: { takes: 'datetime', gives: 'timespan', sql: '(dayofweek(kql_timestamp($1)) * 864000000000)' },
  'datetime_part-year': part('year'),
  'datetime_part-quarter': part('quarter'),
  'datetime_part-month': part('month'),
  'datetime_part-week_of_year': part('week'),
  'datetime_part-weekofyear': part('week'),
  'datetime_part-day': part('day'),
  'datetime_part-dayofyear': part('doy'),
  'datetime_part-hour': part('hour'),
  'datetime_part-minute': part('minute'),
  'datetime_part-second': part('second'),
  'datetime_part-millisecond': { takes: 'datetime', gives: 'int', sql: '($1 % 10000000 // 10000)::integer' },
  'datetime_part-microsecond': { takes: 'datetime', gives: 'int', sql: '($1 % 10000000 // 10)::integer' },
  'datetime_part-nanosecond': { takes: 'datetime', gives: 'int', sql: '($1 % 10000000 * 100)::integer' },
  'datetime_diff-year': {
    takes: 'datetime, datetime',
    gives: 'long',
    sql: "(date_part('year', kql_timestamp($1)) - date_part('year', kql_timestamp($2)))",
  },
  'datetime_diff-quarter': {
    takes: 'datetime, datetime',
    gives: 'long',
    sql: '(kql_month_number($1) // 3 - kql_month_number($2) // 3)',
  },
  'datetime_diff-month': {
    takes: 'datetime, datetime',
    gives: 'long',
    sql: '(kql_month_number($1) - kql_month_number($2))',
  },
  // the first day of the year 1 was a Monday, and Kusto's weeks start on Sunday
  'datetime_diff-week': {
    takes: 'datetime, datetime',
    gives: 'long',
    sql: 'kql_diff($1 + 864000000000, $2 + 864000000000, 6048000000000)',
  },
  'datetime_diff-day': diff(UNIT.day),
  'datetime_diff-hour': diff(UNIT.hour),
  'datetime_diff-minute': diff(UNIT.minute),
  'datetime_diff-second': diff(UNIT.second),
  'datetime_diff-millisecond': diff(UNIT.millisecond),
  'datetime_diff-microsecond': diff(UNIT.microsecond),
  'datetime_diff-nanosecond': {
    takes: 'datetime, datetime',
    gives: 'long',
    sql: 'kql_wrap64(($1 - $2)::hugeint * 100)',
  },
  'datetime_add-year': addMonths(12),
  'datetime_add-quarter': addMonths(3),
  'datetime_add-month': addMonths(1),
  'datetime_add-week': addTicks(UNIT.day * 7),
  'datetime_add-day': addTicks(UNIT.day),
  'datetime_add-hour': addTicks(UNIT.hour),
  'datetime_add-minute': addTicks(UNIT.minute),
  'datetime_add-second': addTicks(UNIT.second),
  'datetime_add-millisecond': addTicks(UNIT.millisecond),
  'datetime_add-microsecond': addTicks(UNIT.microsecond),
  make_datetime: {
    takes: 'long, long, long, long?, long?, real?',
    gives: 'datetime',
    sql: 'kql_make_datetime($1, $2, $3, coalesce($4, 0), coalesce($5, 0), coalesce($6, 0))',
  },
  'make-timespan': {
    takes: 'long, long, long, real',
    gives: 'timespan',
    sql: 'kql_make_timespan($1, $2, $3, $4)',
  },
  unixtime_seconds_todatetime: {
    takes: 'real',
    gives: 'datetime',
    sql: 'kql_shifted(621355968000000000, try_cast($1 * 10000000 as hugeint))',
  },
  unixtime_milliseconds_todatetime: {
    takes: 'real',
    gives: 'datetime',
    sql: 'kql_shifted(621355968000000000, try_cast($1 * 10000 as hugeint))',
  },
  unixtime_nanoseconds_todatetime: {
    takes: 'long',
    gives: 'datetime',
    sql: 'kql_shifted(621355968000000000, $1 // 100)',
  },
  unixtime_microseconds_todatetime: {
    takes: 'long',
    gives: 'datetime',
    sql: 'kql_shifted(621355968000000000, $1::hugeint * 10)',
  },
};
