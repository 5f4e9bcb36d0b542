-- The list of overlaps. Its steps are parts of the queries that ordered.ts makes, so they do not end in a semicolon.

-- step matching: overlaps (of $user, or of all) of which $text is part of the user, of a source IP, or of a session id.
-- A session takes part when one of its segments at one of the two source IPs meets the overlap: of the segments that
-- start before the overlap ends, one ends after it starts.
with held as (
  select user_key, ip, lo, hi
  from segment
  where $text <> '' and contains(lower(session_id), lower($text)) and ($user is null or user_key = $user)
),
side as (
  select rowid as overlap_id, user_key, ip, lo, hi from overlap where user_key in (select user_key from held)
  union all
  select rowid, user_key, previous_ip, lo, hi from overlap where user_key in (select user_key from held)
),
moment as (
  select user_key, ip, lo as instant, hi as ends, null::bigint as overlap_id, null::bigint as lo from held
  union all
  select user_key, ip, hi, null, overlap_id, lo from side
),
met as (
  select
    overlap_id,
    lo,
    max(ends) over (
      partition by user_key, ip
      order by instant, overlap_id nulls first
      rows between unbounded preceding and current row
    ) as ends
  from moment
)
select overlap.rowid as row_id, overlap.lo, overlap.hi, ip, previous_ip
from overlap
join finding using (user_key)
where ($user is null or user_key = $user)
  and (
    $text = ''
    or contains(user_key, lower(nfc_normalize($text)))
    or contains(lower(user_name), lower($text))
    or contains(lower(ip), lower($text))
    or contains(lower(previous_ip), lower($text))
    or overlap.rowid in (select overlap_id from met where overlap_id is not null and ends >= lo)
  )

-- step of-findings: those of the findings in `shown`, which has their places, in its order, then by start
select overlap.rowid as row_id, place
from shown
join overlap using (user_key)

-- step rows: one page, with the session ids that take part: the first $ids of each side, and how many there are
, page as materialized (
  select place, overlap.*
  from listed
  join overlap on overlap.rowid = row_id
),
side as (
  select place, true as latter, user_key, ip, lo, hi from page
  union all
  select place, false, user_key, previous_ip, lo, hi from page
),
-- of each user of the page the segments that reach into its overlaps: joined so that the users are looked for in the
-- segments while these are scanned, and not the other way round
span as (select user_key, min(lo) as lo, max(hi) as hi from page group by user_key),
near as materialized (
  select user_key, ip, session_id, segment.lo, segment.hi
  from span
  join segment using (user_key)
  where session_id is not null and segment.lo <= span.hi and segment.hi >= span.lo
),
held as (
  select
    place,
    coalesce(list_sort(list(distinct session_id) filter (latter)), []) as here,
    coalesce(list_sort(list(distinct session_id) filter (not latter)), []) as before
  from side
  join near
    on near.user_key = side.user_key and near.ip = side.ip and near.lo <= side.hi and near.hi >= side.lo
  group by place
)
select
  page.id, user_key, user_name, page.ip, previous_ip, page.lo, page.hi, (page.hi - page.lo) / 1000,
  coalesce(here[1:$ids], []), coalesce(before[1:$ids], []), coalesce(len(here), 0), coalesce(len(before), 0), finding.id
from page
join finding using (user_key)
left join held using (place)
order by place
