-- The list of findings. Its steps are parts of the queries that ordered.ts makes, so they do not end in a semicolon.

-- step matching: findings of which $text is part of the user, of a source IP in an overlap, or of a session id
select rowid as row_id, *
from finding
where $text = ''
  or contains(user_key, lower(nfc_normalize($text)))
  or contains(lower(user_name), lower($text))
  or user_key in (
    select user_key
    from overlap
    where contains(lower(ip), lower($text)) or contains(lower(previous_ip), lower($text))
  )
  or user_key in (select user_key from segment where contains(lower(session_id), lower($text)))

-- step rows: one page
select
  id, user_key, user_name, distinct_ips, max_concurrent_ips, overlap_count, overlap_ms / 1000, first_overlap,
  last_overlap, countries
from listed
join finding on finding.rowid = row_id
order by place
