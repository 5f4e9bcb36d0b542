-- What an analyst chose about the times of a file, put into effect on the texts that its format extracts (format.ts).

-- step ordered: a date with its day and month in the order in which log_time (record.sql) reads them. Only dates whose order
-- is open are touched: 25/2/2026, 25.2.2026, 25-2-2026.
create macro ordered(x, day_first) as regexp_replace(
  x, '^\s*([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})', case when day_first then '\2/\1/\3' else '\1/\2/\3' end
);

-- step names-zone: an offset or a zone at the end of a time, or a count of seconds, which has none by nature
create macro names_zone(x) as
  ends_with(x, 'Z')
  or regexp_full_match(x, '[0-9.eE+]+')
  or (length(x) > 10 and regexp_matches(x, ':[0-9]{2}([.,][0-9]+)? *([+-][0-9]{2}(:?[0-9]{2})?|[A-Z][A-Za-z_/]{2,})$'));

-- step clock: what the clock on the wall showed, as a timestamp without a zone, by what log_time says of a text that names
-- no zone; null where it is no time
create macro clock(ms) as case when in_log_years(ms) then epoch_ms(ms) end;

-- step in-utc: the text x of a time, whose clock showed t, as a count of ms in UTC; a text that names its zone stays. A clock
-- time that was skipped counts as if the clock had not been put forward yet; of one that came twice the later is taken:
-- DuckDB's ICU does both.
create macro in_utc(x, t, zone, offset_ms) as case
  when x is null or x = '' then x
  when contains(x, '/') and ends_with(x, 'Z') then rtrim(x, 'Z')
  when t is null then x
  when zone is null then (epoch_ms(t) - offset_ms)::varchar
  else epoch_ms(timezone(zone, t))::varchar
end;

-- step skipped: the clock never showed this time: it was put forward over it
create macro skipped(t, zone) as timezone(zone, timezone(zone, t)) <> t;

-- step day-before: how far the zone was from UTC a day before, in ms
create macro day_before(t, zone) as epoch_ms(t - interval 1 day) - epoch_ms(timezone(zone, t - interval 1 day));

-- step twice: the clock showed this time once with the offset of the day before and once more with the new one
create macro twice(t, zone) as
  timezone(zone, to_timestamp((epoch_ms(t) - day_before(t, zone)) / 1000.0)) = t
  and epoch_ms(timezone(zone, t)) <> epoch_ms(t) - day_before(t, zone);

-- step adjust: the texts of an extraction, `raw`, as chosen. Each text is worked out once, in a select of its own: the
-- macros name their arguments so often that DuckDB would otherwise plan for seconds.
select * exclude (own_ms, generated_ms, start_ms, end_ms) replace (
  in_utc(time, clock(own_ms), $zone::varchar, $offset_ms::bigint) as time,
  in_utc(time_generated, clock(generated_ms), $zone::varchar, $offset_ms::bigint) as time_generated,
  in_utc(connection_start, clock(start_ms), $zone::varchar, $offset_ms::bigint) as connection_start,
  in_utc(connection_end, clock(end_ms), $zone::varchar, $offset_ms::bigint) as connection_end
)
from (
  select
    *,
    case when not names_zone(time) then log_time(time) end as own_ms,
    case when not names_zone(time_generated) then log_time(time_generated) end as generated_ms,
    case when not names_zone(connection_start) then log_time(connection_start) end as start_ms,
    case when not names_zone(connection_end) then log_time(connection_end) end as end_ms
  from (
    select * replace (bare(time) as time, bare(time_generated) as time_generated, bare(connection_start) as connection_start,
      bare(connection_end) as connection_end)
    from (
      select * replace (
        fault::varchar as fault,
        case when $all_active::boolean then 'active' else action end as action,
        ordered(time, $day_first::boolean) as time,
        ordered(time_generated, $day_first::boolean) as time_generated,
        ordered(connection_start, $day_first::boolean) as connection_start,
        ordered(connection_end, $day_first::boolean) as connection_end
      )
      from raw
    )
  )
);

-- step clock-changes: how many times of an extraction, `raw`, lie where the clock of the zone was changed
select count(*) filter (skipped(t, $zone::varchar)), count(*) filter (twice(t, $zone::varchar))
from (
  select clock(ms) as t
  from (
    select case when not names_zone(x) then log_time(x) end as ms
    from (
      select bare(x) as x
      from (
        select unnest([
          ordered(time, $day_first::boolean), ordered(time_generated, $day_first::boolean),
          ordered(connection_start, $day_first::boolean), ordered(connection_end, $day_first::boolean)
        ]) as x
        from raw
      )
    )
  )
)
where t is not null;
