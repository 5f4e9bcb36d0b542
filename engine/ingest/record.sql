-- From the texts that a format extracts to records of one kind. Every input row becomes exactly one row of `record`, in
-- input order, so that `rowid` tells where it stood. What counts as evidence: docs/detection.md, "Evidence".

-- step record-class: what a record is; the words of shared/domain.ts
create type record_class as enum (
  'event',
  'blank-line', 'connector-status', 'audit', 'other-log-type', 'query-row', 'no-user', 'no-source-ip', 'auth-failed', 'unknown-action',
  'not-json', 'not-an-object', 'not-a-log-line', 'line-too-long', 'not-utf8', 'too-few-cells', 'too-many-cells', 'bad-quoting',
  'no-time', 'time-out-of-range'
);

-- step action-type: the three things that a record can prove
create type record_action as enum ('open', 'active', 'close');

-- step action-spelling: an action that is not spelled as LSS does; any other mix of letter case counts as the lower case
create type action_spelling as enum (
  'open', 'Open', 'OPEN', 'active', 'Active', 'ACTIVE', 'close', 'Close', 'CLOSE',
  'ZPN_STATUS_AUTHENTICATED', 'ZPN_STATUS_DISCONNECTED', 'ZPN_STATUS_AUTH_FAILED'
);

-- step bare: a text without the white space around it, no-break spaces and a byte order mark (of files that were put
-- together) included. trim is dear, and most texts need none: an empty one has nothing to lose,
-- nothing that sorts before '!' but white space and control characters can begin a text, and what a no-break space begins
-- sorts from it on (starts_with costs as much as all of the rest). Literals where there are any: each use plans all calls anew.
create macro bare(x) as
case
  when x = '' then x
  when x < '!' or ends_with(x, ' ') or ends_with(x, e'\t') or ends_with(x, e'\n') or ends_with(x, e'\r')
    or ends_with(x, chr(160)) or x >= chr(160)
    then trim(x, e' \t\n\r' || chr(160) || chr(65279))
  else x
end;

-- step filled: null for the empty text and for the "0" that LSS writes where there is nothing
create macro filled(x) as nullif(nullif(x, ''), '0');

-- step log-time: epoch ms of any time that LSS, the Sentinel parser or the Log Analytics portal writes. Null when it
-- cannot be read; a value outside the years 1990 to 2100 may come out as any number outside them.
create macro log_time(x) as
case
  when x is null or x = '' then null
  -- Mon Mar  2 08:15:03 2026, the clock of LogTimestamp, in UTC
  -- or as Kibana shows a time: Mar 2, 2026 @ 08:15:03.482
  when x >= 'A' then epoch_ms(try_strptime(x, ['%a %b %d %H:%M:%S %Y', '%b %d, %Y @ %H:%M:%S.%f', '%a, %d %b %Y %H:%M:%S GMT']))
  when ends_with(x, 'Z') and x like '____-%' then epoch_ms(try_cast(x as timestamp))
  -- a time without an offset is UTC; DuckDB would accept an offset of 99 hours
  when x like '____-%' and (length(x) = 10 or not regexp_matches(x, '[+-](1[5-9]|[2-9][0-9])(:?[0-9]{2})?$'))
    then epoch_ms(try_cast(x as timestamptz))
  -- 3/2/2026, 8:15:09.482 AM, as the portal shows it; browsers write U+202F or U+00A0 before AM
  when contains(x, '/') then epoch_ms(try_strptime(
    replace(replace(x, chr(8239), ' '), chr(160), ' '),
    ['%m/%d/%Y, %I:%M:%S.%f %p', '%m/%d/%Y, %I:%M:%S %p', '%m/%d/%Y, %H:%M:%S.%f', '%m/%d/%Y, %H:%M:%S',
    -- as a spreadsheet saves it again
    '%m/%d/%Y %I:%M:%S %p', '%m/%d/%Y %H:%M:%S', '%m/%d/%Y %H:%M', '%Y/%m/%d %H:%M:%S.%f', '%Y/%m/%d %H:%M:%S']
  ))
  -- epoch seconds, ms, us or ns: only one of them can lie in the years 1990 to 2100
  else case
    when try_cast(x as double) between 631152000 and 4102444800 then round(x::double * 1000)::bigint
    when try_cast(x as double) between 631152000e3 and 4102444800e3 then round(x::double)::bigint
    when try_cast(x as double) between 631152000e6 and 4102444800e6 then round(x::double / 1e3)::bigint
    when try_cast(x as double) between 631152000e9 and 4102444800e9 then round(x::double / 1e6)::bigint
    when try_cast(x as double) is not null then -1
  end
end;

-- step time-text: a time without the white space around it. Most end in Z, which is cheaper to see than what bare looks at.
create macro time_text(x) as case when ends_with(x, 'Z') and x >= '!' then x else bare(x) end;

-- step in-log-years: 1990-01-01 to 2100-01-01; nothing outside takes part in arithmetic
create macro in_log_years(ms) as ms between 631152000000 and 4102444800000;

-- step record: one row a record of every input, events and others, in input order
create table record (
  file integer,
  class record_class,
  -- true when the time is that of TimeGenerated: when the record was collected, not when it happened
  time_is_collection boolean,
  time bigint,
  action record_action,
  user_name varchar,
  ip varchar,
  session_id varchar,
  -- tells two connections of one session apart: a hash of the connection id, and of the session where there is none
  connection ubigint,
  connection_start bigint,
  connection_end bigint,
  country varchar,
  city varchar,
  device_hostname varchar,
  platform varchar,
  client_type varchar,
  application varchar,
  close_reason varchar,
  written_action action_spelling
);

-- step input: which rows of `record` are whose: ordinal = rowid - first_id + 1
create table input (file integer, first_id bigint);

-- step is-rejected: it could not be understood
create macro is_rejected(class) as class in (
  'not-json', 'not-an-object', 'not-a-log-line', 'line-too-long', 'not-utf8', 'too-few-cells', 'too-many-cells', 'bad-quoting',
  'no-time', 'time-out-of-range'
);

-- step may-be-misread: it may lack a field only because its name was not asked for
create macro may_be_misread(class) as class in ('other-log-type', 'no-user', 'no-source-ip', 'unknown-action', 'no-time');

-- step left-out: rejected records that were left out of what DuckDB read; `place` lies between the ordinals of the records
-- beside it
create table left_out (file integer, place double, line bigint, class record_class);

-- step fault: rows of `record` of which the bytes tell better than the parser why they are rejected
create table fault (id bigint, class record_class);

-- step address: source IPs that are not plain IPv4, and the one text that stands for the same address
create table address (spelling varchar, canonical varchar);

-- step event: the records that prove presence, normalised. User names fold here and nowhere else.
create view event as
select
  record.rowid as id,
  record.file,
  record.rowid - input.first_id + 1 as ordinal,
  time,
  action::varchar as action,
  user_name,
  lower(nfc_normalize(user_name)) as user_key,
  coalesce(address.canonical, ip) as ip,
  session_id,
  connection_start,
  connection_end,
  country,
  city,
  device_hostname,
  platform,
  client_type,
  application,
  close_reason
from record
join input on input.file = record.file
left join address on address.spelling = record.ip
where class = 'event'::record_class;
