/**
 * The alias table: what each thing that Doppel needs is called in the logs that hold it. LSS names are those of Zscaler's
 * log templates, ASIM-like names those of the Sentinel parser function ZPAEvent, dotted names those of Elastic's package
 * zscaler_zpa. Spellings match without regard to letter
 * case (`ClientPublicIP` and `ClientPublicIp` both occur); of several that a record fills, the first in this order wins.
 */
export const FIELDS = {
  time: ['LogTimestamp', '@timestamp', '_time'],
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
export const MESSAGE_FIELDS = ['Message', 'RawData', 'SyslogMessage'] as const;

/** The names that a file really uses for a field, in order of preference. Fields that it does not have are absent. */
export type Spellings = ReadonlyMap<Field, readonly string[]>;

const FIELD_OF = new Map<string, Known>();
for (const [field, names] of Object.entries(FIELDS)) {
  // the keys of FIELDS are exactly the Fields
  for (const [rank, name] of names.entries()) FIELD_OF.set(foldKey(name), { field: field as Field, rank });
}

/** How keys are compared. Only ASCII letters fold: a Kelvin sign is no k. */
function foldKey(key: string): string {
  const text = key.trim();
  // of printable ASCII the quick way makes the same
  return /[^ -~]/u.test(text) ? text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()) : text.toLowerCase();
}

/**
 * What a key is called without what a store adds: LogScale a prefix, a custom log table of Log Analytics a type suffix, the
 * portal of Log Analytics the zone of a time.
 */
function bareKey(folded: string): string {
  return (
    folded
      .replace(/ \[(?:utc|local time)\]$/, '')
      .replace(/^vendor\./, '')
      .replace(/_[sdtbg]$/, '')
      // an exported CSV that was loaded into a custom log table again
      .replace(/_(?:utc|local_time)_$/, '')
  );
}

/** Objects around a record whose names say nothing about its fields. */
const WRAPPERS: ReadonlySet<string> = new Set(['_source', 'fields', 'result', 'event', 'data', 'properties']);

/** The dotted name that a JSON pointer leads to: `/_source/user/name/0` to user.name. */
function nameAt(pointer: string): string {
  const [first = '', ...rest] = pointer.slice(1).split('/');
  const steps = WRAPPERS.has(first) && rest.length > 0 ? rest : [first, ...rest];
  if (steps.length > 1 && steps.at(-1) === '0') steps.pop();
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')).join('.');
}

interface Known {
  field: Field;
  rank: number;
}

/** The keys of one record are those of the next. Bounded, for keys come from files. */
const remembered = new Map<string, Known | undefined>();
const MOST_REMEMBERED = 10_000;

function known(key: string): Known | undefined {
  if (remembered.has(key)) return remembered.get(key);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  const found = look(key);
  remembered.set(key, found);
  return found;
}

/** A key is a name, or where keys lie inside others the JSON pointer to it. */
const foldedName = (key: string): string => foldKey(key.startsWith('/') ? nameAt(key) : key);

function look(key: string): Known | undefined {
  const folded = foldedName(key);
  const whole = FIELD_OF.get(folded);
  if (whole) return whole;
  const bare = FIELD_OF.get(bareKey(folded));
  return bare && { field: bare.field, rank: bare.rank + 0.5 };
}

/** What a key stands for; undefined for the many that Doppel does not need. */
export function fieldOf(key: string): Field | undefined {
  return known(key)?.field;
}

/** True for the name of a field that can hold a whole record as JSON text. */
export function isMessageField(key: string): boolean {
  return MESSAGE_FIELDS.some((name) => foldKey(name) === bareKey(foldKey(key)));
}

/** The spellings among `keys`, in order of preference; equal names in different letter case keep their order. */
export function spellingsOf(keys: Iterable<string>): Spellings {
  const found = new Map<Field, { key: string; rank: number }[]>();
  for (const key of new Set(keys)) {
    const name = known(key);
    if (!name) continue;
    const list = found.get(name.field) ?? [];
    list.push({ key, rank: name.rank });
    found.set(name.field, list);
  }
  if (!found.has('time') && !found.has('timeGenerated')) {
    const seen = lastSeen(keys);
    if (seen.length > 0) found.set('time', seen);
  }
  return new Map(
    [...found].map(([field, list]) => [field, list.toSorted((a, b) => a.rank - b.rank).map(({ key }) => key)]),
  );
}

function lastSeen(keys: Iterable<string>): { key: string; rank: number }[] {
  const names = LAST_SEEN.map(foldKey);
  return [...new Set(keys)]
    .map((key) => ({ key, rank: names.indexOf(bareKey(foldedName(key))) }))
    .filter(({ rank }) => rank !== -1);
}
