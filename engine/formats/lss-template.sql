-- Zscaler's default CSV and TSV templates: no header, no quotes, and cells that may hold the delimiter. So no cell is taken
-- by its place alone: each stands beside anchors that can be checked, and a line whose anchors do not hold is rejected.
-- c is the text after `zpa-lss: ` and the delimiter, cut at the delimiter: c[1] is the template's second field. Several cells
-- at once are joined by chr(31) and compared with a pattern. The order of the fields: Zscaler's help, "Log Streaming Service
-- Configuration Use Cases". Patterns: lss-template.ts.

-- step place: where what stands; `lines` gives a column `line`; $prefix its parts, $delimiter what stands between cells
with
parts as not materialized (
  select line, regexp_extract(line, $prefix, ['head', 'clock', 'kind']) as part from lines
),
cut as not materialized (
  select
    line,
    part.clock as clock,
    part.kind as kind,
    string_split(
      -- quoted texts occur in Browser Access only, and none of them is kept
      case
        when part.kind = 'Browser Access' then regexp_replace(substr(line, length(part.head) + 1), $quoted, '', 'g')
        else substr(line, length(part.head) + 1)
      end,
      $delimiter
    ) as c
  from parts
),
-- s: the cell of the status, behind a ConnectionID or a Customer that may hold the delimiter; in Browser Access the last one,
-- or where there is no such status, the one in front of the last three cells
anchored as not materialized (
  select
    *,
    case kind
      when 'User Activity' then
        nullif(list_position(list_transform(c[:8], lambda x, i: i > 3 and lower(x) in ('open', 'active', 'close')), true), 0)
      when 'User Status' then
        nullif(list_position(list_transform(c[:6], lambda x, i: i > 3 and starts_with(x, 'ZPN_STATUS_')), true), 0)
      when 'Browser Access' then
        coalesce(
          list_max(list_filter(range(33, len(c) + 1), lambda i: lower(c[i]) in ('open', 'active', 'close'))),
          case when regexp_full_match(c[len(c) - 3], '[A-Za-z_]*') then len(c) - 3 end
        )
    end as s
  from cut
),
-- ip: the cell of the public address; first: the cell of the first of the record's timestamps
placed as not materialized (
  select
    *,
    case kind
      when 'User Activity' then s + 5
      when 'User Status' then s + 5
      when 'Browser Access' then list_max(list_filter(range(28, s), lambda i:
        regexp_full_match(array_to_string(c[i - 4:i + 1], chr(31)), $browser_address)
      ))
    end as ip,
    case kind
      -- 14 timestamps and 8 numbers: usually 24 cells behind the status, further when a name between holds the delimiter
      when 'User Activity' then
        case
          when regexp_full_match(array_to_string(c[s + 24:s + 45], chr(31)), $activity_tail) then s + 24
          else list_min(list_filter(range(s + 25, len(c) - 22), lambda i:
            regexp_full_match(array_to_string(c[i:i + 21], chr(31)), $activity_tail)
          ))
        end
      when 'User Status' then s + 9
      when 'Browser Access' then
        case
          when regexp_full_match(array_to_string(c[3:11], chr(31)), $browser_times) then 3
          when regexp_full_match(array_to_string(c[4:12], chr(31)), $browser_times) then 4
        end
    end as first
  from anchored
),
checked as not materialized (
  select
    *,
    case
      when kind = 'User Activity' then
        case
          -- the ConnectionID begins with the SessionID and a comma
          when s >= 6 and c[s - 4] = c[s - 3] then s - 4
          when s = 5 then 2
          when s = 6 and regexp_full_match(c[2], '[A-Za-z0-9+/]{20}') then 2
        end
      -- a user name is one cell when it is the only one or an address; a comma leaves a space in front of the rest
      when kind = 'User Status' and (s = 4 or regexp_full_match(c[s - 2], '[^ @]+@[^ @]+')) then s - 1
    end as session,
    case kind
      when 'User Activity' then
        len(c) >= first + 23 and regexp_full_match(array_to_string(c[s + 1:s + 8], chr(31)), $activity_head)
      when 'User Status' then
        len(c) >= s + 16 and regexp_full_match(array_to_string(c[s + 5:s + 12], chr(31)), $status_middle)
      -- behind the address stand its port, the private one and the customer; of a line that is cut off there is less
      when 'Browser Access' then s >= ip + 4 and first is not null
    end as holds
  from placed
),
known as not materialized (
  select *, kind = 'User Status' and starts_with(c[s + 16], 'zpn_client_type_') as has_client_type from checked
)
select line, kind, clock, c, s, ip, first, session, has_client_type, holds from known

-- step read: what Doppel keeps
select
  case
    when kind = '' then 'not-a-log-line'
    when ends_with(kind, ' Status') and kind <> 'User Status' then 'connector-status'
    when contains(kind, 'Audit') then 'audit'
    when kind not in ('User Activity', 'User Status', 'Browser Access') then 'other-log-type'
    when not coalesce(holds, false) or (kind <> 'Browser Access' and session is null) then 'not-a-log-line'
  end as fault,
  clock as time,
  null::varchar as time_generated,
  c[s] as action,
  case kind when 'User Activity' then c[s + 3] when 'User Status' then c[s - 2] else c[ip - 5] end as user_name,
  c[ip] as source_ip,
  c[session] as session_id,
  case kind
    when 'User Activity' then array_to_string(c[session + 1:s - 2], $delimiter)
    when 'Browser Access' then array_to_string(c[:first - 2], $delimiter)
  end as connection_id,
  c[first] as connection_start,
  c[first + case kind when 'Browser Access' then 8 else 1 end] as connection_end,
  case kind when 'User Activity' then c[s + 9] when 'User Status' then c[s + 8] end as country,
  -- the lengths of the templates with a city; any other has the delimiter in one of the last cells
  case when kind = 'User Activity' and len(c) - first in (26, 39) then c[first + 24] end as city,
  case when has_client_type then c[s + 14] end as device_hostname,
  case when has_client_type then c[s + 15] end as platform,
  case when has_client_type then c[s + 16] end as client_type,
  -- a cell between with the delimiter in it moves this one, and nothing tells by how much
  case when kind = 'User Activity' and first = s + 24 then c[s + 17] end as application,
  case when kind = 'User Activity' then c[s - 1] end as close_reason,
  null::varchar as connector_sign,
  null::varchar as audit_sign
from places
