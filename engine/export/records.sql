-- The log records for CSV. The steps are parts of the queries that ordered.ts makes: no semicolon at their end.

-- step of-findings: the records of the users in `shown`
select id as row_id from event where user_key in (select user_key from shown)

-- step of-user: the records of $user
select id as row_id from event where user_key = $user

-- step rows: one page
select file, ordinal, time, action, event.user_name, ip, session_id, coalesce(finding.id, '')
from listed
join event on event.id = row_id
left join finding on finding.user_key = event.user_key
order by place
