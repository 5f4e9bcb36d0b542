The bare read that reading LSS JSON lines is measured against: the columns that Doppel keeps, typed, into memory.

-- step read: the file as a table in memory
create table event as
select *
from read_json(
  $file,
  format = 'newline_delimited',
  columns = {
    LogTimestamp: 'VARCHAR', ConnectionStatus: 'VARCHAR', SessionStatus: 'VARCHAR', Username: 'VARCHAR',
    ClientPublicIP: 'VARCHAR', PublicIP: 'VARCHAR', SessionID: 'VARCHAR', ConnectionID: 'VARCHAR',
    TimestampConnectionStart: 'TIMESTAMP', TimestampConnectionEnd: 'VARCHAR',
    TimestampAuthentication: 'TIMESTAMP', TimestampUnAuthentication: 'VARCHAR',
    ClientCountryCode: 'VARCHAR', CountryCode: 'VARCHAR', ClientCity: 'VARCHAR', City: 'VARCHAR', Hostname: 'VARCHAR',
    Platform: 'VARCHAR', ClientType: 'VARCHAR', Application: 'VARCHAR', InternalReason: 'VARCHAR'
  }
);

-- step count: something to print
select count(*) from event
