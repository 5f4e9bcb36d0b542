-- What the analyst has decided, as far as lists are sorted and filtered by it. The case process has the truth; this is a
-- copy that may be thrown away.

-- step table: one row a finding that somebody has decided about
create table if not exists decision (
  finding varchar, status varchar, verdict varchar, assignee varchar, tags varchar[], notes bigint
);

-- step forget: what was known of these findings
delete from decision where finding in (select unnest($findings::varchar[]));

-- step remember: what is known now; notes are counted
insert into decision
select unnest(
  from_json($rows::json, '[{
    "finding": "VARCHAR", "status": "VARCHAR", "verdict": "VARCHAR", "assignee": "VARCHAR", "tags": ["VARCHAR"],
    "notes": "BIGINT"
  }]'),
  recursive := true
);
