/**
 * Where Zscaler's default CSV and TSV templates have what Doppel does not keep, by the places of lss-template.sql: c is a
 * line cut at its delimiter, s the cell of the status, `first` that of the first timestamp. Cells between anchors count only
 * where nothing between them holds a delimiter. Source: Zscaler's help, "Log Streaming Service Configuration Use Cases".
 */
import type { Spellings } from '../ingest/names';

type Kind = 'User Activity' | 'User Status' | 'Browser Access';

const names = (text: string): string[] => text.trim().split(/\s+/u);
const cellsFrom = (anchor: string, list: readonly string[], start = 0): [string, string][] =>
  list.map((name, index) => [name, `c[${anchor} + ${index + start}]`]);
/** Cells that a name with a delimiter in it, before them, would have moved. */
const onlyWhen = (condition: string, cells: readonly [string, string][]): [string, string][] =>
  cells.map(([name, sql]) => [name, `case when ${condition} then ${sql} end`]);

const CELLS: Readonly<Record<Kind, ReadonlyMap<string, string>>> = {
  'User Activity': new Map([
    ['Customer', 'array_to_string(c[:session - 1], $delimiter)'],
    ['ConnectionID', 'array_to_string(c[session + 1:s - 2], $delimiter)'],
    ['InternalReason', 'c[s - 1]'],
    ['ConnectionStatus', 'c[s]'],
    ...cellsFrom('s', names('IPProtocol DoubleEncryption Username ServicePort ClientPublicIP ClientPrivateIP'), 1),
    ...cellsFrom('s', names('ClientLatitude ClientLongitude ClientCountryCode ClientZEN'), 7),
    ...onlyWhen('first = s + 24', [
      ...cellsFrom('s', names('Policy Connector ConnectorZEN ConnectorIP ConnectorPort Host Application AppGroup'), 11),
      ...cellsFrom('s', names('Server ServerIP ServerPort PolicyProcessingTime ServerSetupTime'), 19),
    ]),
    ...cellsFrom(
      'first',
      names(`TimestampConnectionStart TimestampConnectionEnd TimestampCATx TimestampCARx TimestampAppLearnStart
        TimestampZENFirstRxClient TimestampZENFirstTxClient TimestampZENLastRxClient TimestampZENLastTxClient
        TimestampConnectorZENSetupComplete TimestampZENFirstRxConnector TimestampZENFirstTxConnector
        TimestampZENLastRxConnector TimestampZENLastTxConnector ZENTotalBytesRxClient ZENBytesRxClient
        ZENTotalBytesTxClient ZENBytesTxClient ZENTotalBytesRxConnector ZENBytesRxConnector ZENTotalBytesTxConnector
        ZENBytesTxConnector Idp`),
    ),
  ]),
  'User Status': new Map([
    ['Customer', 'array_to_string(c[:session - 2], $delimiter)'],
    ['SessionStatus', 'c[s]'],
    ...cellsFrom('s', names('Version ZEN CertificateCN PrivateIP PublicIP Latitude Longitude CountryCode'), 1),
    ...cellsFrom('s', names('TimestampAuthentication TimestampUnAuthentication TotalBytesRx TotalBytesTx Idp'), 9),
  ]),
  'Browser Access': new Map([
    ['ConnectionID', 'array_to_string(c[:first - 2], $delimiter)'],
    ['Exporter', 'c[first - 1]'],
    ...cellsFrom(
      'first',
      names(`TimestampRequestReceiveStart TimestampRequestReceiveHeaderFinish TimestampRequestReceiveFinish
        TimestampRequestTransmitStart TimestampRequestTransmitFinish TimestampResponseReceiveStart
        TimestampResponseReceiveFinish TimestampResponseTransmitStart TimestampResponseTransmitFinish
        TotalTimeRequestReceive TotalTimeRequestTransmit TotalTimeResponseReceive TotalTimeResponseTransmit
        TotalTimeConnectionSetup TotalTimeServerResponse Method Protocol Host`),
    ),
    // between the host and the address stand the URL, which may hold delimiters, two texts and the user
    ['URL', 'array_to_string(c[first + 18:ip - 8], $delimiter)'],
    ...onlyWhen(`c[ip - 7] = ''`, [['UserAgent', String.raw`replace(regexp_extract(line, $quoted)[2:-2], '\"', '"')`]]),
    ['XFF', 'c[ip - 6]'],
    ['NameID', 'c[ip - 5]'],
    ...cellsFrom(
      'ip',
      names('StatusCode RequestSize ResponseSize ApplicationPort ClientPublicIp ClientPublicPort'),
      -4,
    ),
    ['ClientPrivateIp', 'c[ip + 2]'],
    ['Customer', 'array_to_string(c[ip + 3:s - 1], $delimiter)'],
    ['ConnectionStatus', 'c[s]'],
    ['Origin', 'c[s + 2]'],
    ['CorsToken', 'c[s + 3]'],
  ]),
};
const KINDS = ['User Activity', 'User Status', 'Browser Access'] as const satisfies readonly Kind[];

/** The names that the templates' cells have. */
export const TEMPLATE_NAMES: readonly string[] = [...new Set(KINDS.flatMap((kind) => [...CELLS[kind].keys()]))];

/** The SELECT of these columns over `places`, the lines with their places; a line that is none of the three kinds has none. */
export function selectCells(spellings: Spellings): string {
  const columns = spellings.columns.map(([column, field]) => {
    const branches = KINDS.flatMap((kind) => {
      const cell = (spellings.get(field) ?? []).map((name) => CELLS[kind].get(name)).find((sql) => sql !== undefined);
      return cell === undefined ? [] : [`when kind = '${kind}' then ${cell}`];
    });
    const own = branches.length === 0 ? 'null::varchar' : `case when not holds then null ${branches.join(' ')} end`;
    return `${own} as ${column}`;
  });
  return `select ${columns.join(', ')} from places`;
}
