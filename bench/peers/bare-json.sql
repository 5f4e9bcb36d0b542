The bare read that reading LSS JSON lines is measured against: the columns that Doppel keeps, typed, into memory. LogTimestamp
has the clock of LSS, and an end that has not come is the empty text: neither can be read as a TIMESTAMP column, so both are
typed as they are taken over.

-- step read: the file as a table in memory
create table event as
select
  * replace (
    strptime(LogTimestamp, '%a %b %d %H:%M:%S %Y') as LogTimestamp,
    nullif(TimestampConnectionEnd, '')::timestamp as TimestampConnectionEnd,
    nullif(TimestampUnAuthentication, '')::timestamp as TimestampUnAuthentication
  )
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
