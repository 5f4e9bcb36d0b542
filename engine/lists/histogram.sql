-- Overlaps over time.

-- step span: from the first presence in the log to the last; null when there is none
select min(lo), max(hi) from presence;

-- step bins: in each of $bins equal stretches of the $span ms after $from_time, the overlaps that go on in it and their
-- users. An overlap is a step up at its first bin and a step down after its last. One of length 0 goes on in one bin;
-- what happens at the very end belongs to the last. `shown` holds the findings whose overlaps count.
, placed as (
  select
    user_key,
    least((lo - $from_time) * $bins // $span, $bins - 1) as first_bin,
    case when lo = hi then first_bin else ((hi - $from_time) * $bins - 1) // $span end as last_bin
  from overlap
  where user_key in (select user_key from shown) and ($user is null or user_key = $user)
),
marked as (
  select
    *,
    coalesce(
      first_bin > max(last_bin) over (
        partition by user_key order by first_bin, last_bin rows between unbounded preceding and 1 preceding
      ),
      true
    ) as starts
  from placed
),
numbered as (
  select
    *,
    count(case when starts then 1 end) over (
      partition by user_key order by first_bin, last_bin rows between unbounded preceding and current row
    ) as number
  from marked
),
busy as (
  select min(first_bin) as first_bin, max(last_bin) as last_bin
  from numbered
  group by user_key, number
),
change as (
  select range as bin, 0 as pairs, 0 as users from range($bins)
  union all
  select first_bin, 1, 0 from placed
  union all
  select last_bin + 1, -1, 0 from placed
  union all
  select first_bin, 0, 1 from busy
  union all
  select last_bin + 1, 0, -1 from busy
),
summed as (
  select bin, sum(pairs) as pairs, sum(users) as users
  from change
  group by bin
)
select
  sum(pairs) over (order by bin rows between unbounded preceding and current row)::bigint,
  sum(users) over (order by bin rows between unbounded preceding and current row)::bigint
from summed
qualify bin < $bins
order by bin
