-- What a specialist would notice about the log as a whole: counts and signs, read from `record` and `event` once all inputs are
-- loaded. Each step is one pass, or looks at the edges of the log only. Times in ms. Classes are named as
-- values of their type, so that DuckDB compares numbers and not texts.

-- step maybe-repeated: connections with two events of the same time and action, which may be one that came twice. Each event
-- sets one of 64 bits by its time and action: numbers of connections are cheap to group, and most are done with after that.
create temp table maybe_repeated as
with candidate as (
  select connection
  from record
  where class = 'event'::record_class
  group by connection
  having bit_count(bit_or(1::ubigint << (hash(time, action) & 63))) < count(*)
)
select distinct connection
from (
  select connection
  from record
  semi join candidate using (connection)
  where class = 'event'::record_class
  group by connection, time, action
  having count(*) > 1
);

-- step contents: of the events of these connections, a hash of all that Doppel reads
create temp view event_content as
select
  record.rowid as id,
  file,
  hash(time, action, user_name, ip, session_id, connection, connection_start, connection_end, application) as content
from record
semi join maybe_repeated using (connection)
where class = 'event'::record_class;

-- step twins: contents that more than one event has; most logs have none
create temp table twin as
select content
from event_content
group by content
having count(*) > 1;

-- step duplicates: of each input, the events of which an earlier one is the twin
select file, count(*)
from (
  select file, row_number() over (partition by content order by id) as nth
  from event_content
  semi join twin using (content)
)
where nth > 1
group by file;

-- step orphan-closes: of each input, close events without a start of whose session the log has nothing that proves presence
with weak as (
  select file, user_key, coalesce('id ' || session_id, 'ip ' || ip) as session
  from event
  where action = 'close' and connection_start is null
),
proven as (
  select distinct user_key, coalesce('id ' || session_id, 'ip ' || ip) as session
  from event
  where not (action = 'close' and connection_start is null)
    and exists (from record where class = 'event'::record_class and action = 'close' and connection_start is null)
)
select file, count(*) from weak anti join proven using (user_key, session) group by file;

-- step gaps: stretches without a record of anybody, the longest first: longer than $shortest ms and than $times times what
-- 95 of 100 minutes with records wait for the next one. A log of fewer minutes with records has no usual spacing. Times of
-- collection count only where there are no others.
with minutes as (
  select min(time) as first, max(time) as last
  from record, (select coalesce(bool_and(time_is_collection), false) as alone from record where class = 'event'::record_class)
  where time is not null and (alone or not time_is_collection)
  group by time // 60000
),
spaced as (
  select last as gap_from, lead(first) over (order by first) as gap_to from minutes
),
usual as (
  select count(*) as minutes, quantile_disc(gap_to - gap_from, 0.95) as spacing from spaced where gap_to is not null
)
select gap_from, gap_to, count(*) over () as total
from spaced, usual
where minutes >= $minutes and gap_to - gap_from >= greatest($shortest, $times * spacing)
order by gap_to - gap_from desc, gap_from
limit $most;

-- step edges: sessions that began before the log does, and sessions without a close record shortly before its end
with edge as (select min(time) as first, max(time) as last from record where class = 'event'::record_class)
select
  (
    select count(distinct (user_name, session_id)) from record, edge
    where class = 'event'::record_class and session_id is not null and connection_start < first - $slack
  ),
  (
    select count(*)
    from (
      select bool_or(action = 'close') as closed
      from record, edge
      where class = 'event'::record_class and session_id is not null and time >= last - $cadence and last - first > $cadence
      group by user_name, session_id
    )
    where not closed
  );

-- step shared-ends: of connections that several inputs have, the openings and closings of which an input has one: when it was
-- written and when it was, as the record tells
create temp table shared_end as
with shared as (
  select connection
  from record
  where class = 'event'::record_class and action in ('open', 'close') and not time_is_collection
  group by connection
  having min(file) <> max(file)
)
select
  file,
  connection,
  action,
  min(time) as written,
  min(case action when 'close' then connection_end else connection_start end) as told
from record
semi join shared using (connection)
where class = 'event'::record_class and action in ('open', 'close') and not time_is_collection
group by file, connection, action
having count(*) = 1;

-- step no-shared-ends: there is one input only
create temp table shared_end (file integer, connection ubigint, action record_action, written bigint, told bigint);

-- step lags: of each input, how much later (s) its records are written than what they tell happened, or where they do not
-- tell, what another input tells of the same: the median, and of how many
with lags as (
  select file, round((time - case action when 'close' then connection_end else connection_start end) / 1000)::bigint as lag
  from record
  where class = 'event'::record_class and action in ('open', 'close') and not time_is_collection
  union all
  select own.file, round((own.written - min(other.told)) / 1000)::bigint
  from shared_end own
  join shared_end other using (connection, action)
  where own.told is null and other.told is not null
  group by own.file, connection, action, own.written
),
counted as (
  select file, lag, count(*) as records from lags where lag is not null group by file, lag
),
summed as (
  select
    *,
    sum(records) over (partition by file order by lag) as up_to,
    sum(records) over (partition by file) as total
  from counted
)
select file, min(lag)::bigint, max(total)::bigint from summed where up_to * 2 >= total group by file order by file;

-- step skews: pairs of inputs that have the same openings and closings of connections at other times: how much later (s) the
-- first has them, the median, and how many they are. Four of five have to agree: an id that is used again and again makes
-- times that are apart by anything.
with apart as (
  select one.file as one, other.file as other, round((one.written - other.written) / 1000)::bigint as lag
  from shared_end one
  join shared_end other on other.connection = one.connection and other.action = one.action and other.file > one.file
  -- the same event: told alike, or as far apart as it was written
  where one.told is null
    or other.told is null
    or abs(one.told - other.told) <= $close
    or abs((one.told - other.told) - (one.written - other.written)) <= $close
),
middle as (select one, other, quantile_disc(lag, 0.5) as lag from apart group by one, other)
select one, other, middle.lag, count(*)
from middle
join apart using (one, other)
where abs(middle.lag) > $apart
group by one, other, middle.lag
having count(*) >= $fewest and count(*) filter (abs(apart.lag - middle.lag) * 1000 <= $close) * 5 >= count(*) * 4
order by one, other;

-- step hashed: user names, and those of them that look like hashes, which LSS can shorten; digits alone are a number
select count(*), count(*) filter (regexp_full_match(user_name, '[0-9A-Fa-f]{12,128}') and regexp_matches(user_name, '[A-Fa-f]'))
from (select distinct user_name from record where class = 'event'::record_class);

-- step shared-sessions: the first session ids that more than one user has, with the first of these users, and how many there
-- are; hashes, which are cheap to compare, tell where to look
with mixed as (
  select hash(session_id) as hashed
  from record
  where class = 'event'::record_class and session_id is not null
  group by hashed
  having min(hash(user_name)) <> max(hash(user_name))
)
select session_id, array_to_string(list_slice(list_sort(list(distinct name)), 1, $users), ', '), count(distinct name), count(*) over ()
from (
  select session_id, lower(nfc_normalize(user_name)) as name
  from record
  semi join mixed on mixed.hashed = hash(session_id)
  where class = 'event'::record_class
)
group by session_id
having count(distinct name) > 1
order by session_id
limit $most;
