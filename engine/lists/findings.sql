-- The list of findings. Its steps are parts of the queries that ordered.ts makes, so they do not end in a semicolon.

-- step rows: one page
select
  id, user_key, user_name, distinct_ips, max_concurrent_ips, overlap_count, overlap_ms / 1000, first_overlap,
  last_overlap, countries
from listed
join finding on finding.rowid = row_id
order by place

-- step ids: of one stretch
select id
from listed
join finding on finding.rowid = row_id
order by place
