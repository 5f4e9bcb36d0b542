-- What a detection came to, and why it found nothing. Read while the temporary tables of the rule are there.

-- step records: events, how many of them are close records, the earliest and the latest time
select count(*), count(*) filter (action = 'close'), min(time), max(time) from event;

-- step totals: users, segments, findings, overlaps, orphan closes, users with more than $listed overlaps
select
  (select count(*) from account),
  (select count(*) from segment),
  count(*),
  coalesce(sum(overlap_count), 0)::bigint,
  (select count(*) from stretch where orphan),
  count(*) filter (overlap_count > $listed)
from finding;

-- step sessions: sessions in all, and sessions without a close record
select count(*), count(*) filter (not closed)
from (select bool_or(closes) as closed from stretch group by session);

-- step users: users with presence, and those of them who were at more than one source IP
select count(*), count(*) filter (addresses > 1)
from (select account, count(distinct address) as addresses from stay group by account);

-- step nearest: of one user's source IPs, the shortest time (ms) from the end of one to the start of the next, and the
-- longest overlap (which $min_overlap dropped); null where there is none
select
  min(lo - before) filter (address <> previous and lo >= top),
  max(least(hi, top) - lo) filter (lo < top)
from (
  select
    lo,
    hi,
    address,
    lag(hi) over in_order as before,
    lag(address) over in_order as previous,
    max(hi) over (in_order rows between unbounded preceding and 1 preceding) as top
  from stay
  window in_order as (partition by account order by lo, lo < hi, address)
);
