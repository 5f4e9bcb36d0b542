/**
 * The alias table: what each thing that Doppel needs is called in the logs that hold it. LSS names are those of Zscaler's
 * log templates, ASIM-like names those of the Sentinel parser function ZPAEvent. Spellings match without regard to letter
 * case (`ClientPublicIP` and `ClientPublicIp` both occur); of several that a record fills, the first in this order wins.
 */
export const FIELDS = {
  time: ['LogTimestamp'],
  /** When the collector or Log Analytics got the record: used when the record has no time of its own. */
  timeGenerated: ['TimeGenerated', 'TimeGenerated [UTC]'],
  action: ['ConnectionStatus', 'SessionStatus', 'DvcAction'],
  user: ['Username', 'DstUserName', 'NameID'],
  sourceIp: ['ClientPublicIP', 'SrcIpAddr', 'PublicIP', 'DvcIpAddr'],
  sessionId: ['SessionID', 'NetworkSessionId'],
  connectionId: ['ConnectionID'],
  connectionStart: ['TimestampConnectionStart', 'TimestampAuthentication', 'TimestampRequestReceiveStart'],
  connectionEnd: ['TimestampConnectionEnd', 'TimestampUnAuthentication', 'TimestampResponseTransmitFinish'],
  country: ['ClientCountryCode', 'SrcGeoCountry', 'CountryCode'],
  city: ['ClientCity', 'City'],
  deviceHostname: ['Hostname', 'DvcHostname'],
  platform: ['Platform', 'SrcDvcOs'],
  clientType: ['ClientType', 'DvcType'],
  application: ['Application'],
  closeReason: ['InternalReason', 'EventResult', 'ConnectionReason'],
  /** Only the status records of App Connectors, service edges and cloud controllers have one of these. */
  connectorSign: ['SessionType', 'ConnectorGroup', 'ServiceEdgeGroup', 'CPUUtilization'],
  /** Only admin audit records have one of these. */
  auditSign: ['AuditOperationType', 'ClientAuditUpdate', 'AuditOldValue'],
} as const;

export type Field = keyof typeof FIELDS;

/** Fields in which a Sentinel `ZPA_CL` row carries the record itself, as JSON text. */
export const MESSAGE_FIELDS = ['Message', 'RawData', 'SyslogMessage'] as const;

/** The names that a file really uses for a field, in order of preference. Fields that it does not have are absent. */
export type Spellings = ReadonlyMap<Field, readonly string[]>;

const FIELD_OF = new Map<string, { field: Field; rank: number }>();
for (const [field, names] of Object.entries(FIELDS)) {
  // the keys of FIELDS are exactly the Fields
  for (const [rank, name] of names.entries()) FIELD_OF.set(foldKey(name), { field: field as Field, rank });
}

/** How keys are compared. Only ASCII letters fold: a Kelvin sign is no k. */
function foldKey(key: string): string {
  return key.trim().replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** What a key stands for; undefined for the many that Doppel does not need. */
export function fieldOf(key: string): Field | undefined {
  return FIELD_OF.get(foldKey(key))?.field;
}

/** True for the name of a field that can hold a whole record as JSON text. */
export function isMessageField(key: string): boolean {
  return MESSAGE_FIELDS.some((name) => foldKey(name) === foldKey(key));
}

/** The spellings among `keys`, in order of preference; equal names in different letter case keep their order. */
export function spellingsOf(keys: Iterable<string>): Spellings {
  const found = new Map<Field, { key: string; rank: number }[]>();
  for (const key of new Set(keys)) {
    const known = FIELD_OF.get(foldKey(key));
    if (!known) continue;
    const list = found.get(known.field) ?? [];
    list.push({ key, rank: known.rank });
    found.set(known.field, list);
  }
  return new Map(
    [...found].map(([field, list]) => [field, list.toSorted((a, b) => a.rank - b.rank).map(({ key }) => key)]),
  );
}
