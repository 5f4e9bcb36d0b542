-- How many findings each value of a facet has. `shown` holds the findings that the other conditions let through, `met`
-- the overlaps that meet the other conditions about one overlap. Each step but `lengths` and `most` gives the values, each once for
-- every finding that has it; the steps are parts of one query, so they do not end in a semicolon.

-- step status: of each finding
select status as value from shown

-- step verdict: of each finding; empty where there is none
select verdict as value from shown

-- step assignee: of each finding; empty where it is nobody
select assignee as value from shown

-- step tags: of each finding; one empty text for none at all
select unnest(case when len(tags) = 0 then [''] else list_distinct(tags) end) as value from shown

-- step notes: of each finding; empty where nobody has written one
select case when notes = 0 then '' else 'with notes' end as value from shown

-- step countries: of each finding; one empty text for none at all
select unnest(case when len(countries) = 0 then [''] else countries end) as value from shown

-- step devices: of each finding; one empty text for none at all
select unnest(case when len(devices) = 0 then [''] else devices end) as value from shown

-- step ip-blocks: of either side of each finding's overlaps
select block as value
from (
  select distinct user_key, block
  from (select user_key, unnest([ip, previous_ip]) as ip from met where user_key in (select user_key from shown))
  join ip_block using (ip)
)

-- step ips: of either side of each finding's overlaps
select ip as value
from (
  select distinct user_key, ip
  from (select user_key, unnest([ip, previous_ip]) as ip from met where user_key in (select user_key from shown))
)

-- step hours: of the day, by the clock of the zone at its start, in which each finding's overlaps go on; one of length 0 goes on at its instant
select hour::varchar as value
from (
  select distinct user_key, hour
  from (
    select
      user_key,
      unnest(range(low // 3600000, least(greatest(low, high - 1) // 3600000, low // 3600000 + 23) + 1)) % 24 as hour
    from (
      select user_key, lo + shift as low, hi + shift as high
      from (
        select
          user_key,
          lo,
          hi,
          ($zone_offsets::bigint[])[greatest(1, len(list_filter($zone_starts::bigint[], lambda start: start <= lo)))] as shift
        from met
        where user_key in (select user_key from shown)
      )
    )
  )
)

-- step lengths: how many overlaps, and findings, are in each class of length; $bounds are in ms
select
  len(list_filter($bounds::bigint[], lambda bound: hi - lo >= bound)) - 1 as class,
  count(*),
  count(distinct user_key)
from met
where user_key in (select user_key from shown)
group by class

-- step most: the $top most frequent values, those that are $chosen, and how many values there are in all
, counted as (
  select value, count(*) as findings
  from valued
  group by value
)
select value, findings, (select count(*) from counted)
from counted
qualify row_number() over (order by findings desc, value) <= $top or list_contains($chosen::varchar[], value)
order by findings desc, value
