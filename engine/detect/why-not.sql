-- Which condition of the intended rule kept one user ($user) from being flagged. Reads what the last detection left.

-- step records: how the earliest record spells the user, records, and those of them that close without a known start
select
  arg_min(user_name, {'time': time, 'name': user_name}),
  count(*),
  count(*) filter (action = 'close' and connection_start is null)
from event
where user_key = $user
having count(*) > 0;

-- step sessions: the user's sessions, and those without a close record
select count(*), count(*) filter (not closes)
from (
  select bool_or(action = 'close') as closes
  from event
  where user_key = $user
  group by coalesce('id ' || session_id, 'ip ' || ip)
);

-- step places: source IPs of the user's segments, and of the presence that the period leaves of them; is there a finding?
select
  (select count(distinct ip) from segment where user_key = $user),
  (select count(distinct ip) from presence where user_key = $user),
  exists (from finding where user_key = $user);

-- step nearest: the presence that came nearest to earlier presence at another source IP: the longest time at once
-- (which the minimum has dropped), else the shortest time from the end of one to the start of the next
with met as (
  select
    ip,
    lo,
    hi,
    arg_max({'ip': ip, 'hi': hi}, hi) over (
      order by lo, lo < hi, ip rows between unbounded preceding and 1 preceding
    ) as earlier
  from presence
  where user_key = $user
)
select earlier.ip, earlier.hi, ip, lo, least(hi, earlier.hi)
from met
where ip <> earlier.ip
order by lo < earlier.hi desc, case when lo < earlier.hi then lo - least(hi, earlier.hi) else lo - earlier.hi end, lo
limit 1;
