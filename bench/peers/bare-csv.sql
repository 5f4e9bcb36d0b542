The bare read that reading a CSV with a header is measured against: the columns that Doppel keeps, typed, into memory.

-- step read: the file as a table in memory
create table event as
select
  TimeGenerated, DvcAction, EventResult, DstUserName, SrcIpAddr, NetworkSessionId, ConnectionID, SrcGeoCountry, Application,
  DvcHostname, TimestampConnectionStart, TimestampConnectionEnd
from read_csv(
  $file,
  header = true,
  delim = ',',
  quote = '"',
  escape = '"',
  columns = {
    TimeGenerated: 'TIMESTAMP', DvcAction: 'VARCHAR', EventResult: 'VARCHAR', DstUserName: 'VARCHAR', SrcIpAddr: 'VARCHAR',
    NetworkSessionId: 'VARCHAR', ConnectionID: 'VARCHAR', SrcGeoCountry: 'VARCHAR', Application: 'VARCHAR',
    DstPortNumber: 'INTEGER', DvcHostname: 'VARCHAR', TimestampConnectionStart: 'TIMESTAMP',
    TimestampConnectionEnd: 'TIMESTAMP'
  }
);

-- step count: something to print
select count(*) from event
