/**
 * Columns of Microsoft Sentinel's parser function ZPAEvent that Doppel does not keep from a log, and what they are called in
 * the logs that hold them: they are read again when a query asks for them (read-again.ts). LSS names are those of Zscaler's
 * log templates; dotted ones those of Elastic's package zscaler_zpa, which leaves what it does not rename under its data set.
 */
import { FIELDS } from './fields';
import { foldedName, NameTable, Spellings } from './names';

const DATA_SETS = ['user_activity', 'user_status', 'browser_access', 'app_connector_status', 'audit'] as const;
const [ACTIVITY, STATUS, BROWSER, CONNECTOR, AUDIT] = DATA_SETS.map((name) => `zscaler_zpa.${name}`);

/** ZPA_CL's own column, which the parser function lets through: the text that LSS sent. */
export const MESSAGE = 'Message';

/** What has another name in LSS or in Elastic's documents than in ZPAEvent. */
const OTHERWISE: Readonly<Record<string, readonly string[]>> = {
  // of records whose action is none that Doppel knows: LSS's other words are kept
  DvcAction: FIELDS.action,
  ConnectionStatus: [`${ACTIVITY}.connection.status`, `${BROWSER}.connection.status`],
  SessionStatus: [`${STATUS}.session.status`, `${CONNECTOR}.session.status`],
  EventResult: ['InternalReason', `${ACTIVITY}.internal_reason`],
  InternalReason: [`${ACTIVITY}.internal_reason`],
  EventResultDetails: ['ConnectionReason', 'event.reason'],
  Customer: ['organization.name'],
  // of records that are no texts as LSS sent them: they may carry it
  [MESSAGE]: ['event.original'],
  ConnectionID: [`${ACTIVITY}.connection.id`, `${BROWSER}.connection.id`],
  NetworkProtocol: ['IPProtocol', 'network.transport'],
  DoubleEncryption: [`${ACTIVITY}.double_encryption`],
  SrcNatIpAddr: ['ClientPrivateIP', `${ACTIVITY}.client_private_ip`, `${BROWSER}.client_private_ip`],
  SrcGeoLatitude: ['ClientLatitude', 'client.geo.location.lat'],
  SrcGeoLongitude: ['ClientLongitude', 'client.geo.location.lon'],
  Latitude: ['client.geo.location.lat', 'observer.geo.location.lat'],
  Longitude: ['client.geo.location.lon', 'observer.geo.location.lon'],
  ClientZEN: [`${ACTIVITY}.zen.client.domain`],
  NetworkRuleName: ['Policy', `${ACTIVITY}.policy.name`],
  ConnectorZEN: [`${ACTIVITY}.zen.connector.domain`],
  Connector: [`${ACTIVITY}.connector.name`, `${CONNECTOR}.connector.name`],
  ConnectorIP: [`${ACTIVITY}.connector.ip`],
  ConnectorPort: [`${ACTIVITY}.connector.port`],
  SrcDvcHostname: ['Host', 'host.domain', 'host.ip', 'server.address'],
  UrlHostname: ['Host', 'host.domain', 'host.ip', 'server.address'],
  AppGroup: [`${ACTIVITY}.app_group`],
  DstDomainHostname: ['Server', `${ACTIVITY}.server`],
  DstIpAddr: ['ServerIP', 'server.ip'],
  ServerPort: ['server.port'],
  ServicePort: [`${ACTIVITY}.service_port`],
  DstPortNumber: ['ServicePort', 'ApplicationPort', `${ACTIVITY}.service_port`],
  PolicyProcessingTime: [`${ACTIVITY}.policy.processing_time`],
  CAProcessingTime: [`${ACTIVITY}.ca_processing_time`],
  ConnectorZENSetupTime: [`${ACTIVITY}.connector_zen_setup_time`],
  ConnectionSetupTime: [`${ACTIVITY}.connection.setup_time`],
  ServerSetupTime: [`${ACTIVITY}.server_setup_time`],
  AppLearnTime: [`${ACTIVITY}.app_learn_time`],
  TimestampCATx: [`${ACTIVITY}.timestamp.ca.tx`],
  TimestampCARx: [`${ACTIVITY}.timestamp.ca.rx`],
  TimestampAppLearnStart: [`${ACTIVITY}.timestamp.app_learn_start`],
  TimestampConnectorZENSetupComplete: [`${ACTIVITY}.timestamp.connector_zen.setup_complete`],
  ...ofBothSides((side, first, way, name) => [
    `TimestampZEN${first}${way}${name}`,
    [`${ACTIVITY}.timestamp.zen.${side}.${way.toLowerCase()}.${first.toLowerCase()}`],
  ]),
  ...ofBothSides((side, _, way, name) => [
    `ZENTotalBytes${way}${name}`,
    [`${ACTIVITY}.zen.${side}.total.bytes_${way.toLowerCase()}`],
  ]),
  ...ofBothSides((side, _, way, name) => [
    `ZENBytes${way}${name}`,
    [`${ACTIVITY}.zen.${side}.bytes_${way.toLowerCase()}`],
  ]),
  SrcBytes: [
    'ZENTotalBytesRxClient',
    'TotalBytesRx',
    'RequestSize',
    `${ACTIVITY}.zen.client.total.bytes_rx`,
    `${STATUS}.total.bytes_rx`,
    'host.network.ingress.bytes',
    'http.request.body.bytes',
  ],
  DstBytes: [
    'ZENTotalBytesTxClient',
    'TotalBytesTx',
    'ResponseSize',
    `${ACTIVITY}.zen.client.total.bytes_tx`,
    `${STATUS}.total.bytes_tx`,
    'host.network.egress.bytes',
    'http.response.body.bytes',
  ],
  TotalBytesRx: [`${STATUS}.total.bytes_rx`, 'host.network.ingress.bytes'],
  TotalBytesTx: [`${STATUS}.total.bytes_tx`, 'host.network.egress.bytes'],
  Version: ['observer.version'],
  ZEN: [`${STATUS}.zen.domain`],
  CertificateCN: ['x509.issuer.common_name'],
  PrivateIP: [`${STATUS}.private_ip`, `${CONNECTOR}.private_ip`],
  TrustedNetworks: [`${STATUS}.trusted_networks`],
  TrustedNetworksNames: [`${STATUS}.trusted_networks_names`],
  SAMLAttributes: [`${STATUS}.saml_attributes`],
  PosturesHit: [`${STATUS}.postures.hit`],
  PosturesMiss: [`${STATUS}.postures.miss`],
  ZENLatitude: ['server.geo.location.lat'],
  ZENLongitude: ['server.geo.location.lon'],
  ZENCountryCode: ['server.geo.country_iso_code'],
  SessionType: [`${CONNECTOR}.session.type`],
  ConnectorGroup: [`${CONNECTOR}.connector.group`],
  CPUUtilization: ['host.cpu.usage'],
  MemUtilization: [`${CONNECTOR}.memory.utilization`],
  ServiceCount: [`${CONNECTOR}.service.count`],
  InterfaceDefRoute: [`${CONNECTOR}.interface.name`],
  DefRouteGW: ['client.nat.ip'],
  PrimaryDNSResolver: [`${CONNECTOR}.primary_dns_resolver`],
  NumOfInterfaces: [`${CONNECTOR}.num_of_interfaces`],
  ...Object.fromEntries(
    ['Bytes', 'Packets', 'Errors', 'Discards'].flatMap((what) => [
      [`${what}RxInterface`, [`${CONNECTOR}.interface.received.${what.toLowerCase()}`]],
      [`${what}TxInterface`, [`${CONNECTOR}.interface.transmitted.${what.toLowerCase()}`]],
    ]),
  ),
  ModifiedTime: ['event.created'],
  ModifiedBy: ['user.id'],
  RequestID: ['event.id'],
  CustomerID: ['organization.id'],
  AuditOldValue: [`${AUDIT}.value.old`],
  AuditNewValue: [`${AUDIT}.value.new`],
  AuditOperationType: [`${AUDIT}.operation_type`],
  ObjectType: [`${AUDIT}.object.type`],
  ObjectName: [`${AUDIT}.object.name`],
  ObjectID: [`${AUDIT}.object.id`],
  User: ['user.email', 'user.name'],
  ...Object.fromEntries(
    [
      'request.receive.start',
      'request.receive.header_finish',
      'request.receive.finish',
      'request.transmit.start',
      'request.transmit.finish',
      'response.receive.start',
      'response.receive.finish',
      'response.transmit.start',
      'response.transmit.finish',
    ].map((path) => [`Timestamp${inCapitals(path)}`, [`${BROWSER}.timestamp.${path}`]]),
  ),
  ...Object.fromEntries(
    [
      'request.receive',
      'request.transmit',
      'response.receive',
      'response.transmit',
      'connection.setup',
      'server.response',
    ].map((path) => [`TotalTime${inCapitals(path)}`, [`${BROWSER}.total_time.${path}`]]),
  ),
  HttpRequestMethod: ['Method', 'http.request.method'],
  NetworkApplicationProtocol: ['Protocol', 'url.scheme'],
  UrlOriginal: ['URL', 'url.path'],
  HttpUserAgentOriginal: ['UserAgent', 'user_agent.original'],
  HttpRequestXff: ['XFF'],
  HttpStatusCode: ['StatusCode', 'http.response.status_code'],
  HttpRequestBodyBytes: ['RequestSize', 'http.request.body.bytes'],
  HttpResponseBodyBytes: ['ResponseSize', 'http.response.body.bytes'],
  SrcPortNumber: ['ClientPublicPort', 'client.port'],
  CorsToken: [`${BROWSER}.cors_token`],
};

/** Those that have one name everywhere. */
const AS_THEY_ARE = [
  'HostUpTime',
  'ConnectorUpTime',
  'CreationTime',
  'Exporter',
  'NameID',
  'Origin',
  'ApplicationPort',
  'Idp',
];

/** Their value is a list: Elastic's documents have it as an array, of which all is wanted and not the first. */
const LISTS: ReadonlySet<string> = new Set([
  'TrustedNetworks',
  'TrustedNetworksNames',
  'SAMLAttributes',
  'PosturesHit',
  'PosturesMiss',
]);

/** LSS writes Host; Splunk and others write host, of the machine that collected the record. */
const COLLECTOR = /(?:^|\/)host$/u;

/** The columns that can be read again. */
export const PARSER_COLUMNS: readonly string[] = [...Object.keys(OTHERWISE), ...AS_THEY_ARE];

/** How LSS and ZPAEvent call a column: these are looked for whether or not a sample of the log has them. */
const plainNames = (column: string): string[] =>
  [...(OTHERWISE[column] ?? []), column].filter((name) => !name.includes('.'));
const names = new NameTable(
  PARSER_COLUMNS.map((column) => {
    const plain = plainNames(column);
    const dotted = (OTHERWISE[column] ?? []).filter((name) => name.includes('.'));
    const left = DATA_SETS.flatMap((set) => plain.map((name) => `zscaler_zpa.${set}.${name}`));
    return [column, [...plain, ...dotted, ...left]];
  }),
);

/** The names of these columns among the keys of a log, as an extraction wants them; each comes out under its own name. */
export function parserSpellings(columns: readonly string[], keys: ReadonlySet<string>): Spellings {
  const own = [...keys].filter((key) => !COLLECTOR.test(key));
  const folded = new Set(own.map(foldedName));
  const unseen = columns.flatMap(plainNames).filter((name) => !folded.has(name.toLowerCase()));
  const found = names.namesOf([...own, ...new Set(unseen)]);
  return new Spellings(
    columns.map((column) => [outputOf(column), column]),
    columns.map((column) => {
      const spelled = found.get(column) ?? [];
      return [column, LISTS.has(column) ? spelled.map((name) => name.replace(/\/0$/u, '')) : spelled];
    }),
  );
}

/** What a column is called in SQL, where `User` is a word of its own. */
export const outputOf = (column: string): string => `again_${column}`;

function inCapitals(path: string): string {
  return path.replaceAll(/(?:^|[._])([a-z])/gu, (_, letter: string) => letter.toUpperCase());
}

function ofBothSides(
  entry: (side: string, first: string, way: string, name: string) => [string, string[]],
): Record<string, string[]> {
  return Object.fromEntries(
    ['Client', 'Connector'].flatMap((name) =>
      ['First', 'Last'].flatMap((first) => ['Rx', 'Tx'].map((way) => entry(name.toLowerCase(), first, way, name))),
    ),
  );
}
