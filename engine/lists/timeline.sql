-- What one user's timeline shows.

-- step name: the same name of a user without a lane
select arg_min(user_name, {'time': time, 'name': user_name}) from event where user_key = $user;

-- step span: of the user's presence; null when there is none
select min(lo), max(hi) from presence where user_key = $user;

-- step lanes: a lane for each source IP, by first presence; those whose presence is cut off come last. With each the user's
-- name as the earliest record spells it, so that the records are read through once.
with own as (
  select ip, min(lo) as lo from segment where user_key = $user group by ip
),
present as (
  select ip, min(lo) as lo from presence where user_key = $user group by ip
),
seen as materialized (
  select time, user_name, ip, country from event where user_key = $user
),
place as (
  select ip, list_sort(list(distinct country)) as countries from seen where country is not null group by ip
)
select ip, coalesce(countries, []), (select arg_min(user_name, {'time': time, 'name': user_name}) from seen)
from own
left join present using (ip)
left join place using (ip)
order by present.lo nulls last, own.lo, ip;

-- step segments: by lane, which is a place in $lanes, by start within it, as the table has them; `starting` and `ending` are
-- places in $startings and $endings. Numbers are doubles, which need no conversion on the way to a typed array.
with lane as (select unnest($lanes::varchar[]) as ip, generate_subscripts($lanes::varchar[], 1) - 1 as place)
select
  place::double,
  lo::double,
  hi::double,
  seen::double,
  list_position($startings::varchar[], starting)::double - 1,
  list_position($endings::varchar[], ending)::double - 1,
  coalesce(session_id, ''),
  records::double
from segment
join lane using (ip)
where user_key = $user
order by place, segment.rowid;

-- step overlaps: by start
with lane as (select unnest($lanes::varchar[]) as ip, generate_subscripts($lanes::varchar[], 1) - 1 as place)
select this.place::double, previous.place::double, lo::double, hi::double
from overlap
join lane as this on this.ip = overlap.ip
join lane as previous on previous.ip = previous_ip
where user_key = $user
order by overlap.rowid;

-- step records: the times of the earliest $most records, and of how many
select ip, time::double, (count(*) over ())::double
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
