The bare script that Doppel is measured against: no lock-down, no accounting for what does not parse, no check of
anything, no presence and no overlaps. One file with only good lines is read with its columns named, into the columns
that Doppel keeps, and cut into segments.

-- step read: the file as a table in memory, with the columns that Doppel keeps
create table event as
select
  row_number() over () as id,
  coalesce(
    epoch_ms(try_strptime(replace(LogTimestamp, '  ', ' '), '%a %b %-d %H:%M:%S %Y')),
    epoch_ms(TimestampConnectionStart)
  ) as time,
  case SessionStatus
    when 'ZPN_STATUS_AUTHENTICATED' then 'active'
    when 'ZPN_STATUS_DISCONNECTED' then 'close'
    else lower(ConnectionStatus)
  end as action,
  trim(Username) as user_name,
  lower(trim(Username)) as user_key,
  coalesce(ClientPublicIP, PublicIP) as ip,
  coalesce(SessionID, ConnectionID) as session_id,
  coalesce(epoch_ms(TimestampConnectionStart), epoch_ms(TimestampAuthentication)) as connection_start,
  coalesce(
    epoch_ms(try_cast(TimestampConnectionEnd as timestamp)),
    epoch_ms(try_cast(TimestampUnAuthentication as timestamp))
  ) as connection_end,
  coalesce(ClientCountryCode, CountryCode) as country,
  coalesce(ClientCity, City) as city,
  Hostname as device_hostname,
  Platform as platform,
  ClientType as client_type,
  Application as application,
  InternalReason as close_reason
from read_json(
  $file,
  format = 'newline_delimited',
  columns = {
    LogTimestamp: 'VARCHAR', ConnectionStatus: 'VARCHAR', SessionStatus: 'VARCHAR', Username: 'VARCHAR',
    ClientPublicIP: 'VARCHAR', PublicIP: 'VARCHAR', SessionID: 'VARCHAR', ConnectionID: 'VARCHAR',
    TimestampConnectionStart: 'TIMESTAMP', TimestampConnectionEnd: 'VARCHAR',
    TimestampAuthentication: 'TIMESTAMP', TimestampUnAuthentication: 'VARCHAR',
    ClientCountryCode: 'VARCHAR', CountryCode: 'VARCHAR', ClientCity: 'VARCHAR', City: 'VARCHAR', Hostname: 'VARCHAR',
    Platform: 'VARCHAR', ClientType: 'VARCHAR', Application: 'VARCHAR', InternalReason: 'VARCHAR'
  }
);

-- step sessionise: evidence, numbered segments by a window, one row a segment
create table segment as
with evidence as (
  select
    user_key, session_id, ip,
    coalesce(connection_start, time) as lo,
    case action when 'close' then coalesce(connection_end, time) else time end as hi
  from event
  where user_key is not null and ip is not null
),
placed as (
  select
    *,
    lag(ip) over session as previous_ip,
    max(hi) over (session rows between unbounded preceding and 1 preceding) as reached
  from evidence
  window session as (partition by user_key, session_id order by lo, hi, ip)
),
numbered as (
  select
    *,
    sum(case when previous_ip is distinct from ip or lo > reached + 14400000 then 1 else 0 end)
      over (partition by user_key, session_id order by lo, hi, ip range unbounded preceding) as number
  from placed
)
select user_key, session_id, number, any_value(ip) as ip, min(lo) as lo, max(hi) as hi, count(*) as records
from numbered
group by user_key, session_id, number;

-- step count: something to print
select count(*) from segment
