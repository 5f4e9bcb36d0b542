-- The tables of a hand-over file, each as Parquet. Only what is about the flagged users who are handed over leaves the log.

-- step all-users: they are all flagged users
create or replace temp table handed_user as select user_key from finding;

-- step some-users: they are those of a list, whose common table expression stands before this text
select user_key from shown;

-- step ids: of their findings
select id from finding where user_key in (select user_key from handed_user);

-- step overlaps: how many overlaps they have in all, and how many of them have more than are listed
select coalesce(sum(overlap_count), 0)::bigint, count(*) filter (overlap_count > $listed)
from finding
where user_key in (select user_key from handed_user);

-- step places: where their records stand, in the order of the files
create or replace temp table handed_place as
select id, file, ordinal from event where user_key in (select user_key from handed_user) order by id;

-- step some-places: some of them
select file, ordinal, id from handed_place where rowid >= $from and rowid < $to order by rowid;

-- step texts: the text of some of these records, as far as it is known
create or replace temp table handed_text (
  file integer, ordinal bigint, line bigint, byte bigint, raw varchar, is_cut boolean, problem varchar
);

-- step add-texts: of some records of one file; an empty byte or problem is none
insert into handed_text
select
  $file::integer, unnest($ordinals::bigint[]), unnest($lines::bigint[]),
  try_cast(unnest($bytes::varchar[]) as bigint), unnest($raws::varchar[]), unnest($cuts::boolean[]),
  nullif(unnest($problems::varchar[]), '');

-- step count-problems: records without their text
select count(*) from handed_text where problem is not null;

-- step event-part: those of their records from $from to $to of which the text is at hand, normalised and as they stand in the files
copy (
  select
    event.file, event.ordinal, time, action, user_name, user_key, ip, session_id, connection_start, connection_end,
    country, city, device_hostname, platform, client_type, application, close_reason,
    line, byte, raw, is_cut, problem
  from event
  join handed_text using (file, ordinal)
  where event.id >= $from and event.id <= $to and user_key in (select user_key from handed_user)
  order by event.id
) to $path (format parquet, compression zstd, use_tmp_file false);

-- step event: all parts of them, one after another
copy (select * from read_parquet($parts, hive_partitioning = false)) to $path (format parquet, compression zstd, use_tmp_file false);

-- step segment: theirs
copy (
  select user_key, session_key, session_id, ip, lo, hi, seen, starting, ending, records
  from segment
  where user_key in (select user_key from handed_user)
  order by rowid
) to $path (format parquet, compression zstd, use_tmp_file false);

-- step presence: theirs
copy (
  select user_key, ip, lo, hi from presence where user_key in (select user_key from handed_user) order by rowid
) to $path (format parquet, compression zstd, use_tmp_file false);

-- step overlap: theirs, as far as they are listed
copy (
  select id, user_key, previous_ip, ip, lo, hi
  from overlap
  where user_key in (select user_key from handed_user)
  order by rowid
) to $path (format parquet, compression zstd, use_tmp_file false);

-- step finding: theirs
copy (
  select
    id, user_key, user_name, distinct_ips, max_concurrent_ips, overlap_count, overlap_ms, first_overlap, last_overlap,
    countries, devices
  from finding
  where user_key in (select user_key from handed_user)
  order by rowid
) to $path (format parquet, compression zstd, use_tmp_file false);

-- step ip_block: the block of each source IP in one of these overlaps
copy (
  select ip, block
  from ip_block
  where ip in (
    select unnest([ip, previous_ip]) from overlap where user_key in (select user_key from handed_user)
  )
  order by ip
) to $path (format parquet, compression zstd, use_tmp_file false);

-- step rows: of a written table
select sum(num_rows)::bigint from parquet_file_metadata($path);
