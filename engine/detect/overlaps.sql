-- The intended rule (docs/detection.md), second half: presence -> overlaps -> findings.
-- Goes on from the temporary tables of presence.sql; leaves the tables overlap, ip_block and finding. Times are ms; every step is
-- n log n in the intervals of presence, plus the overlaps that are listed.

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

-- step blocks: the block of each source IP in an overlap, as shared/ip-block.ts has it: the /24 of IPv4, the /64 of IPv6
create or replace table ip_block as
with seen as (
  select distinct ip, split_part(ip, '%', 1) as address
  from (select ip from overlap union all select previous_ip from overlap)
),
parted as (
  select
    *,
    list_filter(string_split(split_part(address, '::', 1), ':'), lambda part: part <> '') as head,
    list_filter(string_split(split_part(address, '::', 2), ':'), lambda part: part <> '') as tail
  from seen
)
select
  ip,
  case
    when regexp_full_match(address, '\d+\.\d+\.\d+\.\d+') then regexp_replace(address, '\d+$', '0/24')
    when contains(address, ':') then regexp_replace(
      array_to_string((head || list_transform(range(8 - len(head) - len(tail)), lambda _: '0') || tail)[1:4], ':'),
      '(^|:)0(:0)*$',
      ''
    ) || '::/64'
    else ip
  end as block
from parted;

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
    coalesce(list_sort(list(distinct country) filter (country is not null)), []) as countries,
    coalesce(list_sort(list(distinct device_hostname) filter (device_hostname is not null)), []) as devices
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
  countries,
  devices
from lasted
join crowd using (account)
join account using (account)
join named using (user_key)
order by user_key;
