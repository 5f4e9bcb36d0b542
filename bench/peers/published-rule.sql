-- The published rule over a table `record`, as one who knows DuckDB would write it, with Kusto's meaning: what `doppel rule`
-- is measured against. Kusto's strings are never null and compare by letter case, a User Status record has no SrcIpAddr, and
-- the rows come in the order of the rule's last sort.

-- step published: with the default join, which keeps one left row a key
with open_sessions as (
  select coalesce(user_name, '') as user_name, coalesce(ip, '') as ip, coalesce(session_id, '') as session_id, min(time) as started
  from record
  where class in ('event', 'auth-failed', 'no-user', 'no-source-ip') and time between $from and $at
    and action = 'open' and (written_action is null or written_action = 'open')
  group by all
),
closed_sessions as (
  select user_name, max(time) as ended
  from (
    select coalesce(user_name, '') as user_name, coalesce(ip, '') as ip, coalesce(session_id, '') as session_id, time
    from record
    where class in ('event', 'auth-failed', 'no-user', 'no-source-ip') and time between $from and $at
      and time > $at - 3600000 and action = 'close' and (written_action is null or written_action = 'close')
  )
  group by user_name, ip, session_id
),
kept as (
  select * from open_sessions qualify row_number() over (partition by user_name order by started, ip, session_id) = 1
),
joined as (
  select user_name, ip, started, ended,
    lag(ip) over sorted as previous_ip, lag(user_name) over sorted as previous_user, lag(ended) over sorted as previous_end
  from kept join closed_sessions using (user_name)
  window sorted as (order by user_name desc, started desc, ip, ended)
)
select user_name, ip, previous_ip, ip, user_name from joined
where user_name = previous_user and ip <> previous_ip and previous_end > started
order by user_name desc, started desc, ip, ended limit 10001;

-- step published-inner: with kind=inner
with open_sessions as (
  select coalesce(user_name, '') as user_name, coalesce(ip, '') as ip, coalesce(session_id, '') as session_id, min(time) as started
  from record
  where class in ('event', 'auth-failed', 'no-user', 'no-source-ip') and time between $from and $at
    and action = 'open' and (written_action is null or written_action = 'open')
  group by all
),
closed_sessions as (
  select user_name, max(time) as ended
  from (
    select coalesce(user_name, '') as user_name, coalesce(ip, '') as ip, coalesce(session_id, '') as session_id, time
    from record
    where class in ('event', 'auth-failed', 'no-user', 'no-source-ip') and time between $from and $at
      and time > $at - 3600000 and action = 'close' and (written_action is null or written_action = 'close')
  )
  group by user_name, ip, session_id
),
joined as (
  select user_name, ip, started, ended,
    lag(ip) over sorted as previous_ip, lag(user_name) over sorted as previous_user, lag(ended) over sorted as previous_end
  from open_sessions join closed_sessions using (user_name)
  window sorted as (order by user_name desc, started desc, ip, ended)
)
select user_name, ip, previous_ip, ip, user_name from joined
where user_name = previous_user and ip <> previous_ip and previous_end > started
order by user_name desc, started desc, ip, ended limit 10001;
