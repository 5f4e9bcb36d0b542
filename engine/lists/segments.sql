-- The list of a user's segments. Its steps are parts of the queries that ordered.ts makes: no semicolon at their end.

-- step matching: segments of $user of which $text is part of the source IP or of the session id
select rowid as row_id, ip, session_id, lo, hi, ending, records
from segment
where user_key = $user
  and ($text = '' or contains(lower(ip), lower($text)) or contains(lower(session_id), lower($text)))

-- step rows: one page; records without a session id make a session that has none
select user_key, ip, coalesce(session_id, ''), lo, hi, ending, records, starting, seen
from listed
join segment on segment.rowid = row_id
order by place
