-- What one user's timeline shows.

-- step span: of the user's presence; null when there is none
select min(lo), max(hi) from presence where user_key = $user;

-- step lanes: a lane for each source IP, by first presence; those whose presence is cut off come last
with own as (
  select ip, min(lo) as lo from segment where user_key = $user group by ip
),
present as (
  select ip, min(lo) as lo from presence where user_key = $user group by ip
)
select ip
from own
left join present using (ip)
order by present.lo nulls last, own.lo, ip;

-- step places: the countries of each source IP; with each the user's name as the earliest record spells it, so that the
-- records are read through once
with seen as materialized (
  select time, user_name, ip, country from event where user_key = $user
)
select
  ip,
  coalesce(list_sort(list(distinct country) filter (country is not null)), []),
  (select arg_min(user_name, {'time': time, 'name': user_name}) from seen)
from seen
group by ip;

-- step segments: `place` in $lanes, and what stands in the table; `starting` and `ending` are places in $startings and
-- $endings. They are put in order by who asks: of so many rows sorting is most of the work. The types are those of the
-- typed arrays that take them.
with lane as (select unnest($lanes::varchar[]) as ip, generate_subscripts($lanes::varchar[], 1) - 1 as place)
select
  place::uinteger,
  segment.rowid::double,
  lo::double,
  hi::double,
  seen::double,
  (list_position($startings::varchar[], starting) - 1)::utinyint,
  (list_position($endings::varchar[], ending) - 1)::utinyint,
  records::uinteger
from segment
join lane using (ip)
where user_key = $user;

-- step sessions: of the same segments
with lane as (select unnest($lanes::varchar[]) as ip, generate_subscripts($lanes::varchar[], 1) - 1 as place)
select place::uinteger, segment.rowid::double, coalesce(session_id, '')
from segment
join lane using (ip)
where user_key = $user;

-- step overlaps: in no order either
with lane as (select unnest($lanes::varchar[]) as ip, generate_subscripts($lanes::varchar[], 1) - 1 as place)
select overlap.rowid::double, this.place::uinteger, previous.place::uinteger, lo::double, hi::double
from overlap
join lane as this on this.ip = overlap.ip
join lane as previous on previous.ip = previous_ip
where user_key = $user;

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
