import { bareKey, foldedName, foldKey, NameTable, Spellings } from './names';

/** Audit records have no LogTimestamp. */
const AUDIT_TIMES = ['ModifiedTime', 'CreationTime'] as const;

/**
 * The alias table: what each thing that Doppel needs is called in the logs that hold it. LSS names are those of Zscaler's
 * log templates, ASIM-like names those of the Sentinel parser function ZPAEvent, dotted names those of Elastic's package
 * zscaler_zpa. Spellings match without regard to letter
 * case (`ClientPublicIP` and `ClientPublicIp` both occur); of several that a record fills, the first in this order wins.
 */
export const FIELDS = {
  time: ['LogTimestamp', '@timestamp', '_time', ...AUDIT_TIMES],
  /** When the collector or Log Analytics got the record: used when the record has no time of its own. */
  timeGenerated: ['TimeGenerated', 'TimeGenerated [UTC]'],
  action: [
    'ConnectionStatus',
    'SessionStatus',
    'DvcAction',
    'zscaler_zpa.user_activity.connection.status',
    'zscaler_zpa.user_status.session.status',
    'zscaler_zpa.browser_access.connection.status',
    'zscaler_zpa.app_connector_status.session.status',
  ],
  user: ['Username', 'DstUserName', 'NameID', 'user.email', 'user.name'],
  sourceIp: ['ClientPublicIP', 'SrcIpAddr', 'PublicIP', 'DvcIpAddr', 'client.ip'],
  sessionId: [
    'SessionID',
    'NetworkSessionId',
    'zscaler_zpa.user_activity.session_id',
    'zscaler_zpa.user_status.session.id',
  ],
  connectionId: ['ConnectionID', 'zscaler_zpa.user_activity.connection.id', 'zscaler_zpa.browser_access.connection.id'],
  connectionStart: [
    'TimestampConnectionStart',
    'TimestampAuthentication',
    'TimestampRequestReceiveStart',
    'zscaler_zpa.user_activity.timestamp.connection.start',
    'zscaler_zpa.user_status.timestamp.authentication',
    'zscaler_zpa.browser_access.timestamp.request.receive.start',
  ],
  connectionEnd: [
    'TimestampConnectionEnd',
    'TimestampUnAuthentication',
    'TimestampResponseTransmitFinish',
    'zscaler_zpa.user_activity.timestamp.connection.end',
    'zscaler_zpa.user_status.timestamp.unauthentication',
    'zscaler_zpa.browser_access.timestamp.response.transmit.finish',
  ],
  country: ['ClientCountryCode', 'SrcGeoCountry', 'CountryCode', 'client.geo.country_iso_code'],
  city: ['ClientCity', 'City', 'client.geo.city_name'],
  deviceHostname: ['Hostname', 'DvcHostname', 'host.hostname'],
  platform: ['Platform', 'SrcDvcOs', 'host.os.platform'],
  clientType: ['ClientType', 'DvcType', 'zscaler_zpa.user_status.client.type'],
  application: ['Application', 'zscaler_zpa.user_activity.application'],
  closeReason: [
    'InternalReason',
    'EventResult',
    'ConnectionReason',
    'zscaler_zpa.user_activity.internal_reason',
    'zscaler_zpa.browser_access.connection.reason',
  ],
  /** Only the status records of App Connectors, service edges and cloud controllers have one of these. */
  connectorSign: [
    'SessionType',
    'ConnectorGroup',
    'ServiceEdgeGroup',
    'CPUUtilization',
    'zscaler_zpa.app_connector_status.session.type',
    'zscaler_zpa.app_connector_status.connector.group',
  ],
  /** Only admin audit records have one of these. */
  auditSign: ['AuditOperationType', 'ClientAuditUpdate', 'AuditOldValue', 'zscaler_zpa.audit.operation_type'],
} as const;

export type Field = keyof typeof FIELDS;

/** Templates can leave LogTimestamp out. When nothing else in a file tells the time of a record, these do, where they are filled. */
const LAST_SEEN: readonly string[] = ['TimestampZENLastRxClient', 'TimestampZENLastTxClient'];

/** Fields in which a Sentinel `ZPA_CL` row carries the record itself, as JSON text. */
const MESSAGE_FIELDS = ['Message', 'RawData', 'SyslogMessage'] as const;

/** The columns that an extraction gives, in this order. */
export const EXTRACTED: readonly (readonly [column: string, field: Field])[] = [
  ['time', 'time'],
  ['time_generated', 'timeGenerated'],
  ['action', 'action'],
  ['user_name', 'user'],
  ['source_ip', 'sourceIp'],
  ['session_id', 'sessionId'],
  ['connection_id', 'connectionId'],
  ['connection_start', 'connectionStart'],
  ['connection_end', 'connectionEnd'],
  ['country', 'country'],
  ['city', 'city'],
  ['device_hostname', 'deviceHostname'],
  ['platform', 'platform'],
  ['client_type', 'clientType'],
  ['application', 'application'],
  ['close_reason', 'closeReason'],
  ['connector_sign', 'connectorSign'],
  ['audit_sign', 'auditSign'],
];

// the keys of FIELDS are exactly the Fields
const names = new NameTable(Object.entries(FIELDS) as [Field, readonly string[]][]);

/** What a key stands for; undefined for the many that Doppel does not need. */
export function fieldOf(key: string): Field | undefined {
  return names.fieldOf(key);
}

const messages: ReadonlySet<string> = new Set(MESSAGE_FIELDS.map(foldKey));

/** True for the name of a field that can hold a whole record as JSON text. */
export function isMessageField(key: string): boolean {
  return messages.has(bareKey(foldKey(key)));
}

/** The names of a file's fields among `keys`. */
export function spellingsOf(keys: Iterable<string>): Spellings<Field> {
  const found = names.namesOf(keys);
  const times = found.get('time') ?? [];
  if (times.every(isAuditTime) && !found.has('timeGenerated')) {
    const seen = [...times, ...lastSeen(keys)];
    if (seen.length > 0) found.set('time', seen);
  }
  return new Spellings(EXTRACTED, found);
}

const isAuditTime = (key: string): boolean => AUDIT_TIMES.some((name) => foldKey(name) === bareKey(foldedName(key)));

function lastSeen(keys: Iterable<string>): string[] {
  const wanted = LAST_SEEN.map(foldKey);
  const rankOf = (key: string): number => wanted.indexOf(bareKey(foldedName(key)));
  return [...new Set(keys)].filter((key) => rankOf(key) !== -1).toSorted((a, b) => rankOf(a) - rankOf(b));
}
