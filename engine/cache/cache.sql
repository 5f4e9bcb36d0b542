-- What a cache has beside the tables of a log (engine/ingest/record.sql), and how those are copied into it. The database of
-- the cache is attached under the name `cache`.

-- step state: what a log is beside its tables, as JSON
create table kept_state (state varchar);

-- step places: where the records of the files stand, in pieces of typed memory
create table kept_places (name varchar, piece integer, bytes blob);

-- step extent: the rows of `record`, first and last
select coalesce(min(rowid), 0), coalesce(max(rowid), -1) from record;

-- step records: some of them, in order; whoever reads them again knows them by their place
insert into cache.record select * from record where rowid >= $from and rowid < $to order by rowid;

-- step inputs: whose they are in the copy, where rows may be numbered otherwise
insert into cache.input
select input.file, coalesce(copied.first_id, 0)
from input
left join (select file, min(rowid) as first_id from cache.record group by file) as copied on copied.file = input.file
order by input.file;

-- step left-out: what was left out of what DuckDB read
insert into cache.left_out select * from left_out order by rowid;

-- step addresses: spellings of source IPs
insert into cache.address select * from address order by rowid;

-- step segments: as a detection left them
create or replace table cache.segment as select * from segment;

-- step presences: as a detection left them
create or replace table cache.presence as select * from presence;

-- step overlaps: as a detection left them
create or replace table cache.overlap as select * from overlap;

-- step findings: as a detection left them
create or replace table cache.finding as select * from finding;

-- step blocks: as a detection left them
create or replace table cache.ip_block as select * from ip_block;

-- step add-state: all of it
insert into cache.kept_state values ($state);

-- step add-places: one piece
insert into cache.kept_places values ($name, $piece::integer, $bytes::blob);

-- step read-state: in the cache itself
select state from kept_state;

-- step read-places: in the cache itself
select bytes from kept_places where name = $name order by piece;
