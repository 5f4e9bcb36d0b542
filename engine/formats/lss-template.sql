-- Zscaler's default CSV and TSV templates: no header, no quotes, and cells that may hold the delimiter. So no cell is taken by
-- its place alone: each is found beside anchors that can be checked, and a line whose anchors do not hold is rejected.
-- `rest` cut at the delimiter is `c`; c[1] is the template's second field. Orders of the fields: Zscaler's help, "Log
-- Streaming Service Configuration Use Cases".

-- step split: the kind of record, its clock and its cells. Quoted texts occur in Browser Access only; none is needed.
select
  line_clock,
  kind,
  string_split(
    case when kind = 'Browser Access' then regexp_replace(rest, '"(?:[^"\\]|\\.)*"', '', 'g') else rest end,
    $delimiter
  ) as c
from (
  select
    regexp_extract(line, $prefix, ['clock', 'kind', 'rest']) as parts,
    parts.clock as line_clock,
    parts.kind as kind,
    parts.rest as rest
  from lines
)

-- step anchor: where the cells are from which the others are counted; 0 where there is no such cell
select
  *,
  case kind
    when 'User Activity' then
      case
        when is_status(c[4]) then 4
        when is_status(c[5]) then 5
        when is_status(c[6]) then 6
        when is_status(c[7]) then 7
        when is_status(c[8]) then 8
        else 0
      end
    when 'User Status' then
      case
        when starts_with(c[4], 'ZPN_STATUS_') then 4
        when starts_with(c[5], 'ZPN_STATUS_') then 5
        when starts_with(c[6], 'ZPN_STATUS_') then 6
        else 0
      end
    else 0
  end as s
from split
