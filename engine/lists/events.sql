-- The list of events. Its steps are parts of the queries that ordered.ts makes, so they do not end in a semicolon.

-- step matching: events (of $user, or of all) of which $text is part of the user, of the source IP or of the session id
select id as row_id, time, action, ip, session_id, file
from event
where ($user is null or user_key = $user)
  and (
    $text = ''
    or contains(user_key, lower(nfc_normalize($text)))
    or contains(lower(user_name), lower($text))
    or contains(lower(ip), lower($text))
    or contains(lower(session_id), lower($text))
  )

-- step rows: one page
select
  time, action, user_key, ip, session_id, connection_start, connection_end, country, city, device_hostname, platform,
  client_type, application, close_reason, file, ordinal
from listed
join event on event.id = row_id
order by place
