-- The records behind what is shown.

-- step records: a page of the records of $user whose time or connection touches $from to $to, and how many there are
select count(*) over (), time, action, ip, session_id, file, ordinal
from event
where user_key = $user
  and ($ip is null or ip in ($ip, $other_ip))
  and ($any_session or session_id is not distinct from $session)
  and ($from_ms is null or greatest(time, connection_end) >= $from_ms)
  and ($to_ms is null or least(time, connection_start) <= $to_ms)
order by time, id
limit $limit offset $offset;
