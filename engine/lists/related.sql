-- Findings that have something in common with one user. One pass over the segments for each of IPs and sessions: those
-- of one user are few, and what is not among them falls out first.

-- step related: other findings that share a session id, a device or a source IP with $user, those that say most first:
-- a session, then a device, then the source IP that the fewest users were at
with flagged as (select user_key from finding where user_key <> $user),
own_ip as (select distinct ip from segment where user_key = $user),
own_session as (select distinct session_id from segment where user_key = $user and session_id is not null),
own_device as (select devices from finding where user_key = $user),
at_ip as materialized (
  select distinct ip, user_key from segment where ip in (from own_ip)
),
crowd as (select ip, count(*) as users from at_ip group by ip),
by_ip as (
  select user_key, list(ip order by users, ip) as ips, min(users) as fewest
  from at_ip
  join crowd using (ip)
  semi join flagged using (user_key)
  group by user_key
),
by_session as (
  select user_key, list_sort(list(distinct session_id)) as sessions
  from (select user_key, session_id from segment where session_id in (from own_session))
  semi join flagged using (user_key)
  group by user_key
),
by_device as (
  select user_key, list_sort(list_intersect(finding.devices, own_device.devices)) as devices
  from finding, own_device
  where user_key <> $user and list_has_any(finding.devices, own_device.devices)
),
related as (
  select
    user_key,
    coalesce(sessions, []) as sessions,
    coalesce(by_device.devices, []) as devices,
    coalesce(ips, []) as ips,
    coalesce(fewest, 0) as fewest
  from by_ip
  full join by_session using (user_key)
  full join by_device using (user_key)
)
select
  id, user_key, user_name, distinct_ips, max_concurrent_ips, overlap_count, overlap_ms / 1000, first_overlap,
  last_overlap, countries,
  sessions[1:$listed], len(sessions), related.devices[1:$listed], len(related.devices), ips[1:$listed], len(ips),
  fewest, count(*) over ()
from related
join finding using (user_key)
order by len(sessions) desc, len(related.devices) desc, fewest = 0, fewest, len(ips) desc, overlap_ms desc, user_key
limit $limit offset $offset;
