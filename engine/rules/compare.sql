-- What the comparison of the rules needs to know of the users that one of them found (engine/rules/compare.ts).

-- step users: each user that the intended rule found or that is named, with what decides what the published rule can see
with found as (
  select user_key from finding
  union
  select unnest($named::varchar[])
),
known as (
  select
    user_key,
    count(*) filter (action = 'open' and coalesce(written_action, 'open') = 'open') as opens,
    count(*) filter (action = 'close' and coalesce(written_action, 'close') = 'close') as closes,
    count(*) filter (written_action::varchar <> action::varchar) as spelled
  from (
    select lower(nfc_normalize(user_name)) as user_key, action, written_action from record where class = 'event'::record_class
  )
  where user_key in (from found)
  group by user_key
)
select
  user_key,
  user_key in (select user_key from finding),
  (select count(distinct ip) from presence where presence.user_key = found.user_key),
  coalesce(opens, 0),
  coalesce(closes, 0),
  coalesce(spelled, 0),
  (select count(*) from segment where segment.user_key = found.user_key),
  coalesce((select overlap_count from finding where finding.user_key = found.user_key), 0)
from found
left join known using (user_key)
order by user_key;
