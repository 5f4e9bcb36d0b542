-- One streaming pass over an input. `extracted` is what its format takes from every row, as text: see engine/formats/format.ts.

-- step load: classify and normalise; the order of the cases is the order in which reasons are given
insert into record
with
fields as not materialized (
  select
    fault,
    log_time(bare(time)) as own_time,
    bare(time_generated) as time_generated,
    lower(bare(action)) as action,
    nullif(bare(user_name), '') as user_name,
    user_name is null as has_no_user_key,
    log_text(source_ip) as ip,
    coalesce(log_text(session_id), log_text(connection_id)) as session_id,
    log_time(bare(connection_start)) as connection_start,
    log_time(bare(connection_end)) as connection_end,
    country, city, device_hostname, platform, client_type, application, close_reason,
    log_text(connector_sign) is not null as has_connector_sign,
    log_text(audit_sign) is not null as has_audit_sign
  from extracted
),
timed as not materialized (
  select
    *,
    own_time is null and log_time(time_generated) is not null as time_is_collection,
    coalesce(own_time, log_time(time_generated), connection_end, connection_start) as time
  from fields
)
select
  $file::integer,
  case
    when fault is not null then fault
    when has_audit_sign then 'audit'
    when user_name is null and starts_with(action, 'zpn_status_') and (has_connector_sign or has_no_user_key)
      then 'connector-status'
    when coalesce(action, '') = '' and (user_name is null or ip is null) then 'other-log-type'
    when user_name is null then 'no-user'
    when ip is null then 'no-source-ip'
    when action = 'zpn_status_auth_failed' then 'auth-failed'
    when action not in ('open', 'active', 'close', 'zpn_status_authenticated', 'zpn_status_disconnected')
      or action is null then 'unknown-action'
    when time is null then 'no-time'
    when not in_log_years(time) then 'time-out-of-range'
    else 'event'
  end::record_class,
  time_is_collection,
  case when in_log_years(time) then time end,
  case action
    when 'open' then 'open'
    when 'active' then 'active'
    when 'zpn_status_authenticated' then 'active'
    when 'close' then 'close'
    when 'zpn_status_disconnected' then 'close'
  end::record_action,
  user_name,
  ip,
  session_id,
  case when in_log_years(connection_start) then connection_start end,
  case when in_log_years(connection_end) then connection_end end,
  log_text(country),
  log_text(city),
  log_text(device_hostname),
  log_text(platform),
  log_text(client_type),
  log_text(application),
  -- OPEN_OR_ACTIVE_CONNECTION on every open record says nothing
  case when action in ('close', 'zpn_status_disconnected') then log_text(close_reason) end
from timed;

-- step maybe-misread: ordinals of records that may lack a field only because its name was not asked for, evenly spread
select ordinal
from (
  select
    rowid - $firstId + 1 as ordinal,
    row_number() over (order by rowid) as place,
    count(*) over () as total
  from record
  where file = $file and class in ('other-log-type', 'no-user', 'no-source-ip', 'unknown-action', 'no-time')
)
where (place - 1) % greatest(1, total // $most) = 0
order by ordinal;

-- step odd-addresses: texts that are not plain IPv4 and may spell an address in more than one way
select ip
from (select distinct ip from record where class = 'event')
where not regexp_full_match(ip, '(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\.(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){3}')
order by ip;

-- step add-addresses: their canonical forms
insert into address select unnest($spellings::varchar[]), unnest($canonicals::varchar[]);

-- step mark-fault: rows whose reason is known better from the bytes than from the parser
update record set class = $class::record_class
where file = $file and class = 'not-json' and rowid in (select unnest($ids::bigint[]));

-- step add-rejected: rejected lines of one file, in ascending order of lines
insert into rejected select $file::integer, unnest($lines::bigint[]), unnest($reasons::varchar[]);

-- step rejected-rows: the rejected among the rows of one file, in order
select rowid - $firstId + 1, class::varchar
from record
where file = $file and class in (
  'not-json', 'not-an-object', 'line-too-long', 'not-utf8', 'too-few-cells', 'too-many-cells', 'bad-quoting', 'no-time',
  'time-out-of-range'
)
order by rowid;

-- step class-counts: what the rows of every file came to
select file, class::varchar, count(*) from record group by file, class order by file, class;

-- step time-span: earliest and latest event
select min(time), max(time) from record where class = 'event';

-- step collection-times: events of a file whose time is when they were collected
select file, count(*) from record where class = 'event' and time_is_collection group by file;
