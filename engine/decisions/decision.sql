-- What the analyst has decided, as far as lists are sorted and filtered by it. The case process has the truth; this is a
-- copy that may be thrown away.

-- step table: one row a finding that somebody has decided about
create table if not exists decision (
  finding varchar, status varchar, verdict varchar, assignee varchar, tags varchar[], notes bigint,
  -- the user key; null where it was never told
  user_key varchar,
  -- ms since the epoch
  changed bigint
);

-- step forget: what was known of these findings
delete from decision where finding in (select unnest($findings::varchar[]));

-- step remember: what is known now; notes are counted
insert into decision
select unnest(
  from_json($rows::json, '[{
    "finding": "VARCHAR", "status": "VARCHAR", "verdict": "VARCHAR", "assignee": "VARCHAR", "tags": ["VARCHAR"],
    "notes": "BIGINT", "user_key": "VARCHAR", "changed": "BIGINT"
  }]'),
  recursive := true
);

-- step gone: the findings that somebody has decided about and the last run did not find, how many they are in
-- all, then a page of them, the latest first, and whether the log has records of their users: null where a user is not known
with gone as (
  select
    finding,
    user_key,
    changed
  from decision
  where (status <> 'new' or verdict is not null or assignee is not null or len(tags) > 0 or notes > 0)
    and finding not in (select id from finding)
)
select
  total,
  finding,
  case when user_key is not null then user_key in (select user_key from observed_user) end
from (select count(*) as total from gone)
left join (select * from gone order by changed desc, finding limit $limit offset $offset) on true
order by changed desc, finding;
