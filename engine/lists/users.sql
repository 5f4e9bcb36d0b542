-- The list of all users of the log, flagged or not. Its steps but the first are parts of the queries that ordered.ts
-- makes, so they do not end in a semicolon.

-- step observed: every user as their earliest record spells them; made once for a log, because the view `event` is dear
create table if not exists observed_user as
select
  user_key,
  arg_min(user_name, {'time': time, 'name': user_name}) as user_name,
  count(*) as records
from event
group by user_key
order by user_key;

-- step matching: users of whom $text is part of the name or of a source IP; all, or only those ($flagged) flagged or not
select observed_user.rowid as row_id, user_key, records, coalesce(ips, 0) as distinct_ips
from observed_user
left join (select user_key, count(distinct ip) as ips from presence group by user_key) using (user_key)
where (
    $text = ''
    or contains(user_key, lower(nfc_normalize($text)))
    or contains(lower(user_name), lower($text))
    or user_key in (select user_key from presence where contains(ip, lower($text)))
  )
  and ($flagged is null or $flagged = (user_key in (select user_key from finding)))

-- step rows: one page
select
  observed_user.user_key,
  observed_user.user_name,
  records,
  (select count(distinct ip) from presence where presence.user_key = observed_user.user_key),
  finding.id
from listed
join observed_user on observed_user.rowid = row_id
left join finding on finding.user_key = observed_user.user_key
order by place
