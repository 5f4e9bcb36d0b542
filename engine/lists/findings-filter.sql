-- The conditions of a FindingsFilter (shared/findings-filter.ts). Each step is one of them, for a `where`; those that are
-- about decisions (and the text, which may be of a tag) need the rows of `decided`, those that begin with `overlap-` are about one row of `overlap`.

-- step findings: all of them
from finding

-- step decided: all of them, with what has been decided; nobody's finding is new
from (
  select
    finding.*,
    coalesce(decision.status, 'new') as status,
    coalesce(decision.verdict, '') as verdict,
    coalesce(decision.assignee, '') as assignee,
    coalesce(decision.tags, []) as tags,
    coalesce(decision.notes, 0) as notes
  from (select rowid, * from finding) as finding
  left join decision on decision.finding = finding.id
)

-- step text: it is part of the user, of a source IP in an overlap, of a session id, of a device, of an application
-- that they were let to, or of a tag
(
  contains(user_key, lower(nfc_normalize($text)))
  or contains(lower(user_name), lower($text))
  or contains(lower(array_to_string(devices, chr(10))), lower($text))
  or contains(lower(array_to_string(tags, chr(10))), lower($text))
  or user_key in (
    select user_key
    from overlap
    where contains(lower(ip), lower($text)) or contains(lower(previous_ip), lower($text))
  )
  or user_key in (select user_key from segment where contains(lower(session_id), lower($text)))
  or user_key in (select user_key from event where contains(lower(application), lower($text)))
)

-- step status: one of these
status in (select unnest($status::varchar[]))

-- step verdict: one of these
verdict in (select unnest($verdict::varchar[]))

-- step assignee: one of these
assignee in (select unnest($assignee::varchar[]))

-- step tags: it has one of these; an empty text stands for none at all
(list_has_any(tags, $tags::varchar[]) or (len(tags) = 0 and list_contains($tags::varchar[], '')))

-- step notes: nobody or somebody has written a note about it
case when notes = 0 then '' else 'with notes' end in (select unnest($marks::varchar[]))

-- step countries: it has one of these; an empty text stands for none at all
(list_has_any(countries, $countries::varchar[]) or (len(countries) = 0 and list_contains($countries::varchar[], '')))

-- step devices: it has one of these; an empty text stands for none at all
(list_has_any(devices, $devices::varchar[]) or (len(devices) = 0 and list_contains($devices::varchar[], '')))

-- step ids: it is one of these
id in (select unnest($ids::varchar[]))

-- step overlap-ips: one of its two source IPs is one of these
(ip in (select unnest($ips::varchar[])) or previous_ip in (select unnest($ips::varchar[])))

-- step overlap-blocks: one of its two source IPs is in one of these blocks
(
  ip in (select ip from ip_block where block in (select unnest($blocks::varchar[])))
  or previous_ip in (select ip from ip_block where block in (select unnest($blocks::varchar[])))
)

-- step overlap-time: it goes on at some time of [$from, $to); one of length 0 goes on at its instant
($to::bigint is null or lo < $to::bigint) and ($from::bigint is null or hi > $from::bigint or lo >= $from::bigint)

-- step overlap-length: its length in ms is within [$shortest, $longest)
($shortest::bigint is null or hi - lo >= $shortest::bigint) and ($longest::bigint is null or hi - lo < $longest::bigint)

-- step overlap-hours: it goes on in one of these hours of the day, by the clock of the zone at its start: as many after its first hour as it lasts, or fewer
len(list_filter($hours::bigint[], lambda hour:
  (hour - (lo + ($zone_offsets::bigint[])[greatest(1, len(list_filter($zone_starts::bigint[], lambda start: start <= lo)))]) // 3600000 % 24 + 24) % 24
    <= (greatest(lo, hi - 1) + ($zone_offsets::bigint[])[greatest(1, len(list_filter($zone_starts::bigint[], lambda start: start <= lo)))]) // 3600000 - (lo + ($zone_offsets::bigint[])[greatest(1, len(list_filter($zone_starts::bigint[], lambda start: start <= lo)))]) // 3600000
)) > 0
