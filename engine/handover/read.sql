-- The tables of a run from a hand-over file, which may come from a stranger: every column is cast to its type, and
-- `checks` names what does not hold together.

-- step rows: of a table, before anything of it is unpacked
select coalesce(sum(num_rows), 0)::bigint from parquet_file_metadata($path);

-- step texts: how much text each column of a table unpacks to, in bytes; a text that many rows share is read once
select coalesce(sum(strlen(columns(*)::varchar)), 0)::bigint from read_parquet($path, hive_partitioning = false);

-- step event: the records, as ingest leaves them
create table handed_event as
select
  file::integer as file, ordinal::bigint as ordinal, time::bigint as time, action::varchar as action,
  user_name::varchar as user_name, user_key::varchar as user_key, ip::varchar as ip, session_id::varchar as session_id,
  connection_start::bigint as connection_start, connection_end::bigint as connection_end, country::varchar as country,
  city::varchar as city, device_hostname::varchar as device_hostname, platform::varchar as platform,
  client_type::varchar as client_type, application::varchar as application, close_reason::varchar as close_reason,
  line::bigint as line, byte::bigint as byte, raw::varchar as raw, is_cut::boolean as is_cut,
  problem::varchar as problem
from read_parquet($path, hive_partitioning = false);

-- step segment: as the detection left it
create table segment as
select
  user_key::varchar as user_key, session_key::varchar as session_key, session_id::varchar as session_id,
  ip::varchar as ip, lo::bigint as lo, hi::bigint as hi, seen::bigint as seen, starting::varchar as starting,
  ending::varchar as ending, records::bigint as records
from read_parquet($path, hive_partitioning = false);

-- step presence: as the detection left it
create table presence as
select user_key::varchar as user_key, ip::varchar as ip, lo::bigint as lo, hi::bigint as hi
from read_parquet($path, hive_partitioning = false);

-- step overlap: as the detection left it
create table overlap as
select
  id::varchar as id, user_key::varchar as user_key, previous_ip::varchar as previous_ip, ip::varchar as ip,
  lo::bigint as lo, hi::bigint as hi
from read_parquet($path, hive_partitioning = false);

-- step finding: as the detection left it
create table finding as
select
  id::varchar as id, user_key::varchar as user_key, user_name::varchar as user_name,
  distinct_ips::bigint as distinct_ips, max_concurrent_ips::bigint as max_concurrent_ips,
  overlap_count::bigint as overlap_count, overlap_ms::bigint as overlap_ms, first_overlap::bigint as first_overlap,
  last_overlap::bigint as last_overlap, countries::varchar[] as countries, devices::varchar[] as devices
from read_parquet($path, hive_partitioning = false);

-- step ip_block: as the detection left it
create table ip_block as
select ip::varchar as ip, block::varchar as block from read_parquet($path, hive_partitioning = false);

-- step event-view: the records under the name that every list knows
create view event as
select
  rowid as id, file, ordinal, time, action, user_name, user_key, ip, session_id, connection_start, connection_end,
  country, city, device_hostname, platform, client_type, application, close_reason
from handed_event;

-- step checks: what does not hold together
with failing as (
  select 'finding: an id is not that of its user' as failed, count(*) as times
  from finding
  where id is distinct from left(sha256(json_array($rule, user_key)), 16) or user_name is null
  union all
  select 'finding: a user is there twice', count(*) - count(distinct user_key) from finding
  union all
  select 'finding: a number is missing', count(*)
  from finding
  where not coalesce(
    in_years(first_overlap) and in_years(last_overlap) and first_overlap <= last_overlap and distinct_ips >= 0
    and max_concurrent_ips >= 0 and overlap_count >= 0 and overlap_ms >= 0 and countries is not null
    and devices is not null and not list_contains(list_transform(countries || devices, lambda each: each is null), true),
    false
  )
  union all
  select 'event: a user is not flagged', count(*) from handed_event where user_key not in (select user_key from finding)
  union all
  select 'event: a value is missing', count(*)
  from handed_event
  where not coalesce(
    in_years(time) and action in ('open', 'active', 'close') and user_name is not null and user_key is not null
    and ip is not null and file between 0 and $files - 1 and ordinal > 0 and line > 0 and is_cut is not null
    and coalesce(byte, 0) >= 0 and coalesce(in_years(connection_start), true) and coalesce(in_years(connection_end), true)
    and coalesce(problem in ('file-changed', 'file-missing', 'file-unreadable'), raw is not null),
    false
  )
  union all
  select 'event: a record is there twice', count(*) - count(distinct (file, ordinal)) from handed_event
  union all
  select 'overlap: a value is missing', count(*)
  from overlap
  where not coalesce(
    id is not null and user_key in (select user_key from finding) and ip is not null and previous_ip is not null
    and in_years(lo) and in_years(hi) and lo <= hi,
    false
  )
  union all
  select 'segment: a value is missing', count(*)
  from segment
  where not coalesce(
    user_key in (select user_key from finding) and session_key is not null and ip is not null and in_years(lo)
    and in_years(hi) and lo <= hi and in_years(seen) and list_contains($startings::varchar[], starting)
    and list_contains($endings::varchar[], ending) and records > 0,
    false
  )
  union all
  select 'presence: a value is missing', count(*)
  from presence
  where not coalesce(
    user_key in (select user_key from finding) and ip is not null and in_years(lo) and in_years(hi) and lo <= hi, false
  )
  union all
  select 'ip_block: a value is missing', count(*) from ip_block where ip is null or block is null
)
select failed from failing where times > 0;

-- step in-years: 1990 to 2100, as every time in Doppel
create macro in_years(ms) as ms between 631152000000 and 4102444800000;

-- step lines: the line of each record, by file and ordinal
select file, ordinal, line from handed_event order by file, ordinal;

-- step raws: the text of these records of one file
select ordinal, byte, raw, is_cut, problem
from handed_event
where file = $file and ordinal in (select unnest($ordinals::bigint[]));
