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
      coalesce(filled(bare(session_id)), filled(bare(connection_id))) as session_id
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
    case action
      when 'open' then 'open'
      when 'active' then 'active'
      when 'zpn_status_authenticated' then 'active'
      when 'close' then 'close'
      when 'zpn_status_disconnected' then 'close'
    end::record_action as proven
  from collected
)
select
  $file::integer,
  case
    when fault is not null then fault
    when filled(audit_sign) is not null then 'audit'
    -- these records have no user by nature; a User Status record has at least the key
    when has_no_user and starts_with(action, 'zpn_status_') and (filled(connector_sign) is not null or user_name is null)
      then 'connector-status'
    when coalesce(action, '') = '' and (has_no_user or has_no_ip) then 'other-log-type'
    when has_no_user then 'no-user'
    when has_no_ip then 'no-source-ip'
    when proven is not null then
      case
        when event_time is null then 'no-time'
        when in_log_years(event_time) then 'event'
        else 'time-out-of-range'
      end
    when action = 'zpn_status_auth_failed' then 'auth-failed'
    else 'unknown-action'
  end::record_class,
  time_is_collection,
  case when in_log_years(event_time) then event_time end,
  proven,
  user_name,
  source_ip,
  session_id,
  hash(connection_id),
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

-- step loaded: how many rows an input gave, and the rowid of the first of them
select count(*), coalesce(min(rowid), 0) from record where file = $file;

-- step maybe-misread: ordinals of records that may lack a field only because its name was not asked for, evenly spread
select ordinal
from (
  select
    -- before the commit DuckDB numbers rows from another start, so $firstId does not serve
    rowid - (select min(rowid) from record where file = $file) + 1 as ordinal,
    row_number() over (order by rowid) as place,
    count(*) over () as total
  from record
  where file = $file and class in ('other-log-type', 'no-user', 'no-source-ip', 'unknown-action', 'no-time')
)
where (place - 1) % greatest(1, total // $most) = 0
order by ordinal;

-- step some-not-json: ordinals of a few lines that are no JSON, evenly spread
select ordinal
from (
  select
    rowid - (select min(rowid) from record where file = $file) + 1 as ordinal,
    row_number() over (order by rowid) as place,
    count(*) over () as total
  from record
  where file = $file and class = 'not-json'
)
where (place - 1) % greatest(1, total // $most) = 0
order by ordinal
limit $most;

-- step odd-addresses: texts that are not plain IPv4 and may spell an address in more than one way
select ip
from (select distinct ip from record where class = 'event')
where ip not in (select spelling from address)
  and not regexp_full_match(ip, '(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\.(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){3}')
order by ip;

-- step add-addresses: their canonical forms
insert into address select unnest($spellings::varchar[]), unnest($canonicals::varchar[]);

-- step add-faults: some of the rows whose reason is known better from the bytes than from the parser. Lists are bound as one
-- text, which is five times faster than a list.
insert into fault select unnest(string_split($ids, ' ')::bigint[]), unnest(string_split($reasons, ' ')::record_class[]);

-- step mark-faults: all of them at once
update record set class = fault.class from fault where record.rowid = fault.id and record.class in ('not-json', 'not-a-log-line');

-- step forget-faults: until the next file
delete from fault;

-- step add-left-out: some of the records of one file that were left out of what DuckDB read, in ascending order of lines
insert into left_out
select $file::integer, unnest(string_split($places, ' ')::double[]), unnest(string_split($lines, ' ')::bigint[]),
  unnest(string_split($reasons, ' ')::record_class[]);

-- step class-counts: what the rows of every file came to
select file, class::varchar, count(*) from record group by file, class order by file, class;

-- step time-span: earliest and latest event
select min(time), max(time) from record where class = 'event';

-- step collection-times: events of a file whose time is when they were collected
select file, count(*) from record where class = 'event' and time_is_collection group by file;

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
