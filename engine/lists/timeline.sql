-- What one user's timeline shows.

-- step name: the user's name as the earliest record spells it
select arg_min(user_name, {'time': time, 'name': user_name}) from event where user_key = $user;

-- step span: of the user's presence; null when there is none
select min(lo), max(hi) from presence where user_key = $user;

-- step lanes: a lane for each source IP, by first presence; those whose presence is cut off come last
with own as (
  select ip, min(lo) as lo from segment where user_key = $user group by ip
),
present as (
  select ip, min(lo) as lo from presence where user_key = $user group by ip
),
place as (
  select ip, list_sort(list(distinct country)) as countries
  from event
  where user_key = $user and country is not null
  group by ip
)
select ip, coalesce(countries, [])
from own
left join present using (ip)
left join place using (ip)
order by present.lo nulls last, own.lo, ip;

-- step segments: by lane, which is a place in $lanes, by start within it; `ending` is a place in $endings
select
  list_position($lanes::varchar[], ip) - 1,
  lo,
  hi,
  seen,
  list_position($startings::varchar[], starting) - 1,
  list_position($endings::varchar[], ending) - 1,
  coalesce(session_id, ''),
  records
from segment
where user_key = $user
order by list_position($lanes::varchar[], ip), lo, hi, session_key;

-- step overlaps: by start
select list_position($lanes::varchar[], ip) - 1, list_position($lanes::varchar[], previous_ip) - 1, lo, hi
from overlap
where user_key = $user
order by rowid;

-- step records: the times of the earliest $most records, and of how many
select ip, time, count(*) over ()
from event
where user_key = $user
order by time, ip
limit $most;

-- step area: what a stretch of time over some of the user's source IPs holds
with chosen as (select unnest($ips::varchar[]) as ip),
held as (
  select ip from segment where user_key = $user and lo <= $to and hi >= $from and ip in (from chosen)
)
select
  (select count(*) from event where user_key = $user and time between $from and $to and ip in (from chosen)),
  (select count(*) from held),
  (select count(distinct ip) from held),
  (
    select count(*)
    from overlap
    where user_key = $user and lo <= $to and hi >= $from and ip in (from chosen) and previous_ip in (from chosen)
  );
