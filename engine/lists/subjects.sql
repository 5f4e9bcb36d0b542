-- Whom findings are about.

-- step subjects: of the findings that are $ids: the user and the first $most of the source IPs of their overlaps
with wanted as (
  select id, user_key, user_name, distinct_ips from finding where id in (select unnest($ids::varchar[]))
)
select id, wanted.user_key, user_name, distinct_ips, list(ip order by ip) filter (place <= $most)
from wanted
join (
  select user_key, ip, row_number() over (partition by user_key order by ip) as place
  from (select distinct user_key, unnest([previous_ip, ip]) as ip from wanted join overlap using (user_key))
) as seen using (user_key)
group by all;
