-- The intended rule (docs/detection.md), first half: records -> evidence -> segments -> presence.
-- Reads `event`; leaves the tables segment and presence. The temporary tables serve in between (kept and stay are what
-- the second half builds on) and go with the connection. Texts are replaced by numbers first: sorting and grouping
-- numbers costs less than half. Times are ms; every step is n log n in the records.

-- step visits: who was where in which session; the view `event` is dear to read, so what follows numbers these instead.
-- (The names of the temporary tables are none of ingest's: they would hide its tables from the view.)
create temp table visit as
select user_key, session_id, ip
from event
group by all;

-- step accounts: a number for each user, in the order of the user keys
create temp table account as
select user_key, row_number() over (order by user_key) as account
from (select distinct user_key from visit);

-- step addresses: a number for each source IP, in the order of their texts, so that (lo, address) orders as (lo, ip)
create temp table source_ip as
select ip, row_number() over (order by ip) as address
from (select distinct ip from visit);

-- step sessions: a number for each session; records with no session id are one session per user and source IP
create temp table session as
select account, session_key, session_id, row_number() over () as session
from (
  select user_key, coalesce('id ' || session_id, 'ip ' || ip) as session_key, any_value(session_id) as session_id
  from visit
  group by all
)
join account using (user_key);

-- step visit-numbers: the visits with their numbers
create temp table numbered_visit as
select user_key, visit.session_id, ip, session, address
from visit
join account using (user_key)
join source_ip using (ip)
join session
  on session.account = account.account
  and session.session_key = coalesce('id ' || visit.session_id, 'ip ' || ip);

-- step evidence: what each record proves: its user was at its source IP during [lo, hi]
create temp view evidence as
select
  session,
  address,
  least(began, ended) as lo,
  greatest(began, ended) as hi,
  closes,
  weak,
  told
from (
  select
    user_key,
    session_id,
    ip,
    coalesce(connection_start, time) as began,
    case when action = 'close' then coalesce(connection_end, time) else time end as ended,
    action = 'close' as closes,
    action = 'close' and connection_start is null as weak,
    connection_start is not null as told
  from event
) as proof
join numbered_visit as visited
  on visited.user_key = proof.user_key
  and visited.ip = proof.ip
  and visited.session_id is not distinct from proof.session_id;

-- step segments: the stretches of each session at one source IP without a gap longer than $idle_gap
create temp table stretch as
with marked as (
  select
    *,
    address is distinct from lag(address) over in_order
    or lo > max(hi) over (in_order rows between unbounded preceding and 1 preceding) + $idle_gap as starts
  from evidence
  window in_order as (partition by session order by lo, hi, address)
),
numbered as (
  select
    *,
    -- range, not rows: of equal evidence only the first starts, and this window may take it in another order.
    -- No filter clause: DuckDB's windows with one take the square of the records of a session.
    count(case when starts then 1 end) over (
      partition by session order by lo, hi, address range between unbounded preceding and current row
    ) as number
  from marked
)
select
  session,
  number,
  any_value(address) as address,
  min(lo) as lo,
  max(hi) as hi,
  bool_or(closes) as closes,
  bool_and(weak) as orphan,
  coalesce(min(case when told then lo end) = min(lo), false) as told,
  count(*) as records
from numbered
group by session, number;

-- step kept: without orphan closes; open sessions (no close record at all) end as $open_sessions says, `seen` is when
-- they were last seen. A session is handed over where it goes on at another source IP, later and within $idle_gap.
create temp table kept as
with known as (
  select
    *,
    not bool_or(closes) over of_session as open,
    number = max(number) over of_session as newest
  from stretch
  window of_session as (partition by session)
)
select
  account,
  session,
  address,
  lo,
  case when lasts then greatest(hi, (select max(time) from event)) else hi end as hi,
  hi as seen,
  case
    when lag(address) over in_turn <> address and lo - lag(hi) over in_turn between 0 and $idle_gap then 'handed-over'
    when told then 'told'
    else 'first-seen'
  end as starting,
  case
    when closes then 'closed'
    when lasts then 'log-end'
    when lead(address) over in_turn <> address and lead(lo) over in_turn - hi between 0 and $idle_gap then 'handed-over'
    else 'last-seen'
  end as ending,
  records
from (select *, open and newest and $open_sessions = 'log-end' as lasts from known)
join session using (session)
where not orphan and not (open and $open_sessions = 'ignore')
window in_turn as (partition by session order by number);

-- step segment-table: the segments with their texts
create or replace table segment as
select user_key, session_key, session_id, ip, lo, hi, seen, starting, ending, records
from kept
join session using (account, session)
join account using (account)
join source_ip using (address)
order by account, lo, address, session_key;

-- step presence: the union of a user's segments at one source IP, cut to [$from_time, $to_time)
create temp table stay as
with marked as (
  select
    *,
    coalesce(
      lo > max(hi) over (
        partition by account, address order by lo, hi rows between unbounded preceding and 1 preceding
      ),
      true
    ) as starts
  from kept
),
numbered as (
  select
    *,
    -- range for the same reason as in step segments
    count(case when starts then 1 end) over (
      partition by account, address order by lo, hi range between unbounded preceding and current row
    ) as number
  from marked
),
united as (
  select account, address, min(lo) as lo, max(hi) as hi
  from numbered
  group by account, address, number
),
cut as (
  select
    account,
    address,
    greatest(lo, coalesce($from_time::bigint, lo)) as lo,
    least(hi, coalesce($to_time::bigint, hi)) as hi,
    lo = hi as point
  from united
)
select account, address, lo, hi
from cut
where case when point then lo = hi and lo < coalesce($to_time::bigint, lo + 1) else lo < hi end;

-- step presence-table: presence with its texts
create or replace table presence as
select user_key, ip, lo, hi
from stay
join account using (account)
join source_ip using (address)
order by account, lo, address;
