import type { Values } from '../db';
import type { SourceColumn, TableSource } from '../kql/to-sql/relation';

/** A record with a User Status word; ZPAEvent has its address in DvcIpAddr, and its times under other names. */
const IS_STATUS = "written_action in ('ZPN_STATUS_AUTHENTICATED', 'ZPN_STATUS_DISCONNECTED', 'ZPN_STATUS_AUTH_FAILED')";
const text = (sql: string): string => `coalesce(${sql}, '')`;
const iso = (ms: string): string => text(`strftime(make_timestamp(${ms} * 1000), '%Y-%m-%dT%H:%M:%S.%gZ')`);
const ofActivity = (sql: string): string => `case when ${IS_STATUS} then '' else ${sql} end`;
const ofStatus = (sql: string): string => `case when ${IS_STATUS} then ${sql} else '' end`;

const EPOCH_TICKS = '621355968000000000';
const ACTIONS: ReadonlySet<string> = new Set(['open', 'active', 'close']);

/** Nearly all actions are written as LSS does: those take the short way. */
const ACTION = `case when written_action is null then ${text('action::varchar')} else written_action::varchar end`;

/** As record.time, which is in ms. DuckDB cuts towards zero, which lets a ms more through at most. */
const SIGNS = { less: '<=', 'less-equal': '<=', greater: '>=', 'greater-equal': '>=' } as const;
const narrowTime: SourceColumn['narrow'] = (operator, { sql }) =>
  operator === 'equal' ? undefined : `time ${SIGNS[operator]} (${sql} - ${EPOCH_TICKS}) // 10000`;
/** However it is written: LSS's own words stand for themselves alone. */
const narrowAction: SourceColumn['narrow'] = (operator, { text: word }) =>
  operator === 'equal' && word !== undefined && ACTIONS.has(word) ? `action = '${word}'` : undefined;

const CARRIED: Readonly<Record<string, string>> = {
  EventVendor: "'Zscaler'",
  EventProduct: "'Private Access'",
  LogTimestamp: text("strftime(make_timestamp(time * 1000), '%a %b %-d %H:%M:%S %Y')"),
  DvcAction: ACTION,
  ConnectionStatus: ofActivity(ACTION),
  SessionStatus: ofStatus(text('written_action::varchar')),
  DstUserName: text('user_name'),
  Username: text('user_name'),
  SrcIpAddr: ofActivity(text('ip')),
  DvcIpAddr: ofStatus(text('ip')),
  NetworkSessionId: text('session_id'),
  TimestampConnectionStart: ofActivity(iso('connection_start')),
  TimestampConnectionEnd: ofActivity(iso('connection_end')),
  TimestampAuthentication: ofStatus(iso('connection_start')),
  TimestampUnAuthentication: ofStatus(iso('connection_end')),
  SrcGeoCountry: ofActivity(text('country')),
  CountryCode: ofStatus(text('country')),
  DvcHostname: text('device_hostname'),
  SrcDvcOs: text('platform'),
  DvcType: text('client_type'),
  Application: text('application'),
  EventResult: text('close_reason'),
  InternalReason: text('close_reason'),
};

/** Columns of the parser function that Doppel does not keep from a log; a query that reads one is told so. */
const NOT_KEPT =
  `Message Customer ConnectionID NetworkProtocol DoubleEncryption SrcNatIpAddr SrcGeoLatitude SrcGeoLongitude ClientZEN
  NetworkRuleName ConnectorZEN ConnectorIP ConnectorPort SrcDvcHostname AppGroup DstDomainHostname DstIpAddr DstPortNumber
  PolicyProcessingTime CAProcessingTime ConnectorZENSetupTime ConnectionSetupTime ServerSetupTime AppLearnTime
  TimestampCATx TimestampCARx TimestampAppLearnStart TimestampZENFirstRxClient TimestampZENFirstTxClient
  TimestampZENLastRxClient TimestampZENLastTxClient TimestampConnectorZENSetupComplete TimestampZENFirstRxConnector
  TimestampZENFirstTxConnector TimestampZENLastRxConnector TimestampZENLastTxConnector ZENTotalBytesRxClient
  ZENBytesRxClient ZENTotalBytesTxClient ZENBytesTxClient ZENTotalBytesRxConnector ZENBytesRxConnector
  ZENTotalBytesTxConnector ZENBytesTxConnector SrcBytes DstBytes Idp Version ZEN CertificateCN PrivateIP Latitude Longitude
  TotalBytesRx TotalBytesTx TrustedNetworks TrustedNetworksNames SAMLAttributes PosturesHit PosturesMiss ZENLatitude
  ZENLongitude ZENCountryCode SessionType Connector ConnectorGroup CPUUtilization MemUtilization ServiceCount
  InterfaceDefRoute DefRouteGW PrimaryDNSResolver HostUpTime ConnectorUpTime NumOfInterfaces BytesRxInterface
  PacketsRxInterface ErrorsRxInterface DiscardsRxInterface BytesTxInterface PacketsTxInterface ErrorsTxInterface
  DiscardsTxInterface ModifiedTime CreationTime ModifiedBy RequestID AuditOldValue AuditNewValue AuditOperationType
  ObjectType ObjectName ObjectID CustomerID User Exporter TimestampRequestReceiveStart TimestampRequestReceiveHeaderFinish
  TimestampRequestReceiveFinish TimestampRequestTransmitStart TimestampRequestTransmitFinish TimestampResponseReceiveStart
  TimestampResponseReceiveFinish TimestampResponseTransmitStart TimestampResponseTransmitFinish TotalTimeRequestReceive
  TotalTimeRequestTransmit TotalTimeResponseReceive TotalTimeResponseTransmit TotalTimeConnectionSetup
  TotalTimeServerResponse HttpRequestMethod NetworkApplicationProtocol UrlHostname UrlOriginal HttpUserAgentOriginal
  HttpRequestXff NameID HttpStatusCode HttpRequestBodyBytes HttpResponseBodyBytes SrcPortNumber EventResultDetails CorsToken
  Origin ServicePort ServerPort ApplicationPort`.split(/\s+/);
const notKept = new Set(NOT_KEPT);

/**
 * The columns of Microsoft Sentinel's parser function ZPAEvent, as the alias table of docs/formats.md maps them.
 * TimeGenerated is the record's own time: a log does not say when Sentinel would have collected it.
 */
const COLUMNS: readonly SourceColumn[] = [
  { name: 'TimeGenerated', type: 'datetime', sql: `(time * 10000 + ${EPOCH_TICKS})`, narrow: narrowTime },
  { name: 'Type', type: 'string', sql: "'ZPA_CL'" },
  ...Object.entries(CARRIED).map(([name, sql]): SourceColumn => ({
    name,
    type: 'string',
    sql,
    ...(name === 'DvcAction' || name === 'ConnectionStatus' ? { narrow: narrowAction } : {}),
  })),
  ...NOT_KEPT.map((name): SourceColumn => ({ name, type: 'string', sql: "''" })),
];

/** Which of the columns that a query reads are empty because Doppel does not keep them. */
export function notKeptOf(names: Iterable<string>): string[] {
  return [...new Set(names)].filter((name) => notKept.has(name));
}

/** What Sentinel would have in ZPAEvent; as values of the type, so that DuckDB compares numbers and not texts. */
const CLASSES = ['event', 'auth-failed', 'no-user', 'no-source-ip'].map((each) => `'${each}'::record_class`).join(', ');

/** The table ZPAEvent over the open log, clipped to [fromMs, toMs]; null = no bound. */
export function zpaEvent(fromMs: number | null, toMs: number | null): TableSource {
  const values: Values = { zpa_from: fromMs, zpa_to: toMs };
  const from = fromMs === null ? '' : ' and time >= $zpa_from::bigint';
  const to = toMs === null ? '' : ' and time <= $zpa_to::bigint';
  return {
    from: `(
      select *, rowid as place from record
      where class in (${CLASSES})${from}${to}
    )`,
    order: 'place',
    columns: COLUMNS,
    values,
  };
}
