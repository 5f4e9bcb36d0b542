import type { Values } from '../db';
import { outputOf, PARSER_COLUMNS } from '../ingest/parser-columns';
import type { Rel } from '../kql/plan';
import { nodesOf } from '../kql/passes/walk';
import type { SourceColumn, TableSource } from '../kql/to-sql/relation';
import type { MoreTable } from './more-columns';

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
/** However it is written: LSS's own words stand for themselves alone. As a value of the type: a text is compared row by row. */
const narrowAction: SourceColumn['narrow'] = (operator, { text: word }) =>
  operator === 'equal' && word !== undefined && ACTIONS.has(word) ? `action = '${word}'::record_action` : undefined;

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
  // of the close records: others are read again
  EventResult: text('close_reason'),
  InternalReason: text('close_reason'),
};

/** They are kept of all records but those with an action that Doppel does not know. */
const ACTION_COLUMNS = ['DvcAction', 'ConnectionStatus', 'SessionStatus'];
const ofUnknown = (sql: string, otherwise: string): string =>
  `case when class = 'unknown-action' then ${sql} else ${otherwise} end`;

/** What a column that is read again stands for where that is not the same in every record. */
const ONLY: Readonly<Record<string, (sql: string) => string>> = {
  ...Object.fromEntries(ACTION_COLUMNS.map((name) => [name, (sql: string) => ofUnknown(sql, CARRIED[name] ?? "''")])),
  // Elastic's documents have one place for both
  SrcGeoLatitude: ofActivity,
  SrcGeoLongitude: ofActivity,
  Latitude: ofStatus,
  Longitude: ofStatus,
  User: (sql) => `case when class = 'audit' then ${sql} else '' end`,
};

interface Column extends SourceColumn {
  /** Its SQL where it has been read again. */
  readonly again?: string;
}

/**
 * The columns of Microsoft Sentinel's parser function ZPAEvent, as the alias table of docs/formats.md maps them.
 * TimeGenerated is the record's own time: a log does not say when Sentinel would have collected it.
 */
const COLUMNS: readonly Column[] = [
  { name: 'TimeGenerated', type: 'datetime', sql: `(time * 10000 + ${EPOCH_TICKS})`, narrow: narrowTime },
  { name: 'Type', type: 'string', sql: "'ZPA_CL'" },
  ...Object.entries(CARRIED).map(([name, sql]): Column => ({
    name,
    type: 'string',
    sql,
    ...(name === 'DvcAction' || name === 'ConnectionStatus' ? { narrow: narrowAction } : {}),
    ...(PARSER_COLUMNS.includes(name) ? { again: onlyWhere(name) } : {}),
  })),
  ...PARSER_COLUMNS.filter((name) => !(name in CARRIED)).map((name): Column => {
    return { name, type: 'string', sql: "''", again: onlyWhere(name) };
  }),
];

function onlyWhere(name: string): string {
  const sql = text(outputOf(name));
  return ONLY[name]?.(sql) ?? sql;
}

const isAgain: ReadonlySet<string> = new Set(COLUMNS.flatMap(({ name, again }) => (again === undefined ? [] : [name])));

/**
 * The columns that a plan reads and that are to be read again from the log. The action is one only where records have one
 * that Doppel does not know, and only where the plan does not ask for one of those that it knows.
 */
export function againOf(plan: Rel, hasUnknownActions: boolean): string[] {
  const read = nodesOf(plan).flatMap((rel) => {
    if (rel.op !== 'table' || rel.table !== 'ZPAEvent') return [];
    const isKnownAction = rel.narrowedBy?.some(
      ({ column, operator, value }) =>
        ACTION_COLUMNS.includes(column) &&
        operator === 'equal' &&
        value.kind === 'literal' &&
        ACTIONS.has(String(value.value)),
    );
    const needsAction = hasUnknownActions && isKnownAction !== true;
    return rel.columns
      .map(({ name }) => name)
      .filter((name) => isAgain.has(name) && (needsAction || !ACTION_COLUMNS.includes(name)));
  });
  return [...new Set(read)];
}

/**
 * All that Sentinel's ZPAEvent has a row of: every record of ZPA, but for what is no record of the log itself. As values of
 * the type, so that DuckDB compares numbers and not texts; the classes of what was rejected come after these.
 */
const IS_ROW = `class <= 'unknown-action'::record_class and class <> 'blank-line'::record_class and class <> 'query-row'::record_class`;

/**
 * The table ZPAEvent over the open log, clipped to [fromMs, toMs]; null = no bound. Columns that are not kept are those of
 * `more`, or else empty.
 */
export function zpaEvent(fromMs: number | null, toMs: number | null, more: readonly MoreTable[] = []): TableSource {
  const values: Values = { zpa_from: fromMs, zpa_to: toMs };
  const from = fromMs === null ? '' : ' and time >= $zpa_from::bigint';
  const to = toMs === null ? '' : ' and time <= $zpa_to::bigint';
  const has = new Set(more.flatMap(({ columns }) => columns));
  const joins = more.map(({ table }) => ` join ${table} on ${table}.rowid = record.rowid`);
  const own = more.flatMap(({ table, columns }) => columns.map((name) => `, ${table}.${outputOf(name)}`));
  return {
    from: `(
      select record.*, record.rowid as place${own.join('')} from record${joins.join('')}
      where ${IS_ROW}${from}${to}
    )`,
    order: 'place',
    isJoined: more.length > 0,
    columns: COLUMNS.map(({ again, ...column }) =>
      again !== undefined && has.has(column.name) ? { ...column, sql: again } : column,
    ),
    values,
  };
}
