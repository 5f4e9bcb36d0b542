-- One streaming pass over an input. `extracted` is what its format takes from every row, as text: see engine/formats/format.ts.

-- step load: classify and normalise; the order of the cases is the order in which reasons are given. No join and no long
-- IN list (which becomes a join): with a second source in the plan DuckDB does not keep the order of what it reads in
-- parallel, and rowid would not tell where a record stood.
insert into record
with
texts as not materialized (
  select
    case when action not in ('open', 'active', 'close') then try_cast(bare(action) as action_spelling) end as written_action,
    * replace (
      -- as LSS writes it; another spelling is looked at twice
      case when action in ('open', 'active', 'close') then action else lower(bare(action)) end as action,
      -- here and not around log_time, which names its argument so often that DuckDB would plan for long
      time_text(time) as time,
      time_text(time_generated) as time_generated,
      time_text(connection_start) as connection_start,
      time_text(connection_end) as connection_end,
      bare(user_name) as user_name,
      bare(source_ip) as source_ip,
      bare(session_id) as session_id
    )
  from extracted
),
fields as not materialized (
  select
    *,
    log_time(time) as own_time,
    log_time(connection_start) as start_time,
    log_time(connection_end) as end_time,
    coalesce(user_name, '') = '' as has_no_user,
    filled(source_ip) is null as has_no_ip
  from texts
),
collected as not materialized (
  select *, case when own_time is null then log_time(time_generated) end as collection_time
  from fields
),
timed as not materialized (
  select
    *,
    collection_time is not null as time_is_collection,
    coalesce(own_time, collection_time, end_time, start_time) as event_time,
    -- the texts are cast one by one, as constants: around the case the cast would look up each row's text
    case action
      when 'open' then 'open'::record_action
      when 'active' then 'active'::record_action
      when 'zpn_status_authenticated' then 'active'::record_action
      when 'close' then 'close'::record_action
      when 'zpn_status_disconnected' then 'close'::record_action
    end as proven
  from collected
)
select
  $file::integer,
  case
    when fault is not null then fault::record_class
    when filled(audit_sign) is not null then 'audit'::record_class
    -- these records have no user by nature; a User Status record has at least the key, or the type of its client
    when has_no_user and starts_with(action, 'zpn_status_')
      and (filled(connector_sign) is not null or (user_name is null and client_type is null))
      then 'connector-status'::record_class
    when proven is null and coalesce(action, '') = '' and (has_no_user or has_no_ip) then 'other-log-type'::record_class
    when has_no_user then 'no-user'::record_class
    when has_no_ip then 'no-source-ip'::record_class
    when proven is not null then
      case
        when event_time is null then 'no-time'::record_class
        when in_log_years(event_time) then 'event'::record_class
        else 'time-out-of-range'::record_class
      end
    when action = 'zpn_status_auth_failed' then 'auth-failed'::record_class
    else 'unknown-action'::record_class
  end,
  time_is_collection,
  case when in_log_years(event_time) then event_time end,
  proven,
  user_name,
  source_ip,
  coalesce(filled(session_id), filled(bare(connection_id))),
  case when connection_id <> '' then hash(connection_id) else hash(connection_id, filled(session_id)) end,
  case when in_log_years(start_time) then start_time end,
  case when in_log_years(end_time) then end_time end,
  filled(country),
  filled(city),
  filled(device_hostname),
  filled(platform),
  filled(client_type),
  filled(application),
  -- OPEN_OR_ACTIVE_CONNECTION on every open record says nothing
  case when proven = 'close' then filled(close_reason) end,
  written_action
from timed;

-- step loaded: how many rows an input gave, how many of them are $unsure, may be misread, and are no JSON
with counted as (select class, count(*) as n from record where file = $file group by class)
select
  coalesce(sum(n), 0)::bigint,
  coalesce(sum(n) filter (class = $unsure::record_class), 0)::bigint,
  coalesce(sum(n) filter (may_be_misread(class)), 0)::bigint,
  coalesce(sum(n) filter (class = 'not-json'), 0)::bigint
from counted;

-- step first-id: the rowid of the first row of an input
select coalesce(min(rowid), 0) from record where file = $file;

-- step maybe-misread: ordinals of records that may be misread: of all $found of them, or of one in each of $most parts of the
-- $rows rows. Before the commit DuckDB numbers rows from another start, so the first id is looked up.
select min(rowid - first) + 1 as ordinal
from record, (select min(rowid) as first from record where file = $file)
where file = $file and may_be_misread(class)
group by case when $found <= $most then rowid - first else (rowid - first) * $most // $rows end
order by ordinal;

-- step some-not-json: ordinals of a few lines that are no JSON, in the same way
select min(rowid - first) + 1 as ordinal
from record, (select min(rowid) as first from record where file = $file)
where file = $file and class = 'not-json'
group by case when $found <= $most then rowid - first else (rowid - first) * $most // $rows end
order by ordinal;

-- step odd-addresses: texts that are not plain IPv4 and may spell an address in more than one way. The count keeps DuckDB
-- from looking at the text of every record before it looks for the different ones.
select ip
from record
where class = 'event'::record_class
group by ip
having not regexp_full_match(
  case when count(*) > 0 then ip end, '(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\.(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){3}'
)
  and ip not in (select spelling from address)
order by ip;

-- step add-addresses: their canonical forms
insert into address select unnest($spellings::varchar[]), unnest($canonicals::varchar[]);

-- step add-faults: some of the rows whose reason is known better from the bytes than from the parser, as runs of rows with the
-- same reason. Lists are bound as one text, which is five times faster than a list.
insert into fault
select unnest(range(first, first + n)), class
from (
  select
    unnest(string_split($froms, ' ')::bigint[]) as first,
    unnest(string_split($counts, ' ')::bigint[]) as n,
    unnest(string_split($reasons, ' ')::record_class[]) as class
);

-- step mark-faults: those that have been added
update record set class = fault.class from fault
where record.rowid = fault.id and (record.class in ('not-json', 'not-a-log-line') or fault.class = 'query-row');

-- step forget-faults: until the next ones
delete from fault;

-- step add-left-out: some of the records of one file that were left out of what DuckDB read, as runs of lines
insert into left_out
select $file::integer, place, unnest(range(first, first + n)), class
from (
  select
    unnest(string_split($places, ' ')::double[]) as place,
    unnest(string_split($froms, ' ')::bigint[]) as first,
    unnest(string_split($counts, ' ')::bigint[]) as n,
    unnest(string_split($reasons, ' ')::record_class[]) as class
);

-- step class-counts: what the rows of every file came to, how many of them have the time of their collection, and from when
-- to when they are
select file, class::varchar, count(*), count(*) filter (time_is_collection), min(time), max(time)
from record
group by file, class
order by file, class;

-- step last-rejects: the last rejected of every file, by ordinal, among what DuckDB read
select record.file, max(record.rowid - first_id + 1)
from record join input on input.file = record.file
where is_rejected(class)
group by record.file;

-- step rejected-count: all that could not be understood
select (select count(*) from record where is_rejected(class)) + (select count(*) from left_out);

-- step rejected-page: some of it, in the order of files and lines; a record has an ordinal, or was left out and has a line
select file, ordinal, line, class::varchar
from (
  select record.file, record.rowid - first_id + 1 as ordinal, null as line, class, ordinal::double as place
  from record join input on input.file = record.file
  where is_rejected(class)
  union all
  select file, null, line, class, place from left_out
)
order by file, place, line
limit $limit offset $offset;
