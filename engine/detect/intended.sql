-- The intended rule (docs/detection.md): records -> evidence -> segments -> presence -> overlaps -> findings.
-- Reads `event`; leaves the tables segment, presence, overlap and finding. The temporary tables serve in between and go
-- with the connection. Texts are replaced by numbers first: sorting and grouping numbers costs less than half.
-- Times are ms; every step is n log n in the records, plus the overlaps that exist.

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
create temp table evidence as
select
  session,
  address,
  least(began, ended) as lo,
  greatest(began, ended) as hi,
  closes,
  weak
from (
  select
    user_key,
    session_id,
    ip,
    coalesce(connection_start, time) as began,
    case when action = 'close' then coalesce(connection_end, time) else time end as ended,
    action = 'close' as closes,
    action = 'close' and connection_start is null as weak
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
    -- range, not rows: of equal evidence only the first starts, and this window may take it in another order
    count(*) filter (starts) over (
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
  count(*) as records
from numbered
group by session, number;

-- step kept: without orphan closes; open sessions (no close record at all) end as $open_sessions says
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
  case when closes then 'closed' when lasts then 'log-end' else 'last-seen' end as ending,
  records
from (select *, open and newest and $open_sessions = 'log-end' as lasts from known)
join session using (session)
where not orphan and not (open and $open_sessions = 'ignore');

-- step segment-table: the segments with their texts
create or replace table segment as
select user_key, session_key, session_id, ip, lo, hi, ending, records
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
    count(*) filter (starts) over (
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

-- step overlaps: presence that is long enough to overlap by $min_overlap, numbered in order for each user.
-- A later one overlaps it exactly when it starts before `reach`. At one instant points come first, because
-- what starts there does not overlap them: so those that one overlaps follow it without a break.
create temp table rival as
select
  account,
  address,
  lo,
  hi,
  hi - greatest($min_overlap - 1, 0) as reach,
  row_number() over (partition by account order by lo, lo < hi, address) as position
from stay
where hi - lo >= $min_overlap
  and account in (select account from stay group by account having min(address) < max(address));

-- step runs: each one overlaps those at the positions after its own, up to and including `until`: as many have started
-- before its reach. (Counted in one pass: an asof join compares all with all.)
create temp table run as
with moment as (
  select account, lo as instant, 1 as starts, position, address, hi from rival
  union all
  select account, reach, 0, position, address, hi from rival
),
counted as (
  select
    *,
    sum(starts) over (
      partition by account order by instant, starts rows between unbounded preceding and current row
    ) as started
  from moment
)
select account, position, address, hi, greatest(position, started)::bigint as until
from counted
where starts = 0;

-- step limits: where the listing of a user with more than $listed overlaps ends: the first position that reaches so many
create temp table listing_limit as
with crowded as (
  select account
  from run
  group by account
  having sum(until - position) > $listed
),
left_behind as (
  select account, until + 1 as position, count(*) as runs
  from run
  where account in (from crowded)
  group by account, until
),
counted as (
  select
    account,
    position,
    position - 1 - coalesce(
      sum(runs) over (partition by account order by position rows between unbounded preceding and current row), 0
    ) as pairs
  from run
  left join left_behind using (account, position)
  where account in (from crowded)
),
summed as (
  select
    account,
    position,
    sum(pairs) over (
      partition by account order by position rows between unbounded preceding and current row
    ) as pairs
  from counted
)
select account, min(position) as position
from summed
where pairs >= $listed
group by account;

-- step overlap-table: the overlaps, the earliest $listed of each user
create or replace table overlap as
with paired as (
  select
    account,
    address as previous_address,
    hi as previous_hi,
    unnest(range(run.position + 1, least(until, coalesce(listing_limit.position, until)) + 1)) as position
  from run
  left join listing_limit using (account)
  where until > run.position
),
listed as (
  select account, position, previous_address, address, lo, least(previous_hi, hi) as hi
  from paired
  join rival using (account, position)
  qualify row_number() over (partition by account order by position, previous_address) <= $listed
)
select
  left(sha256(json_array(user_key, previous.ip, this.ip, lo)), 16) as id,
  user_key,
  previous.ip as previous_ip,
  this.ip as ip,
  lo,
  hi
from listed
join account using (account)
join source_ip as previous on previous.address = previous_address
join source_ip as this on this.address = listed.address
order by account, position, previous_address;

-- step widest: for each one the longest of its overlaps with earlier ones; together they cover what all overlaps cover
create temp table widest as
select account, lo, least(hi, top) as hi
from (
  select account, position, lo, hi, max(hi) over earlier as top, max(reach) over earlier as reach
  from rival
  window earlier as (partition by account order by position rows between unbounded preceding and 1 preceding)
) as behind
where lo < reach;

-- step crowds: the most source IPs at one instant; at one instant ends come first, then each point alone, then starts
create temp table crowd as
with moment as (
  select account, hi as instant, 0 as turn, -1 as change from stay where lo < hi
  union all
  select account, lo, 1, 0 from stay where lo = hi
  union all
  select account, lo, 2, 1 from stay where lo < hi
),
level as (
  select
    account,
    turn,
    sum(change) over (partition by account order by instant, turn rows between unbounded preceding and current row) as present
  from moment
  where account in (select account from widest)
)
select account, max(case when turn = 1 then present + 1 else present end) as ips
from level
group by account;

-- step findings: one per user with at least one overlap
create or replace table finding as
with covered as (
  select
    account,
    lo,
    hi,
    max(hi) over (
      partition by account order by lo, hi rows between unbounded preceding and 1 preceding
    ) as covered_to
  from widest
),
lasted as (
  select
    account,
    sum(greatest(hi - greatest(lo, coalesce(covered_to, lo)), 0)) as ms,
    min(lo) as first_overlap,
    max(hi) as last_overlap
  from covered
  group by account
),
named as (
  select
    user_key,
    arg_min(user_name, {'time': time, 'name': user_name}) as user_name,
    coalesce(list_sort(list(distinct country) filter (country is not null)), []) as countries
  from event
  where user_key in (select user_key from account join lasted using (account))
  group by user_key
)
select
  left(sha256(json_array($rule, user_key)), 16) as id,
  user_key,
  user_name,
  (select count(distinct address) from stay where stay.account = lasted.account) as distinct_ips,
  crowd.ips::bigint as max_concurrent_ips,
  (select sum(until - position)::bigint from run where run.account = lasted.account) as overlap_count,
  ms::bigint as overlap_ms,
  first_overlap,
  last_overlap,
  countries
from lasted
join crowd using (account)
join account using (account)
join named using (user_key)
order by user_key;
