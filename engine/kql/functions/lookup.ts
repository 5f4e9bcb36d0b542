import { AGGREGATES } from './aggregates';
import { DYNAMIC } from './dynamic';
import { NETWORK } from './network';
import { NUMBERS } from './numbers';
import { OPERATORS } from './operators';
import type { FunctionSpec } from './table';
import { SERIES } from './series';
import { TEXT } from './text';
import { TIME } from './time';

/** Other spellings that Kusto accepts. */
const ALIASES: Readonly<Record<string, string>> = {
  notempty: 'isnotempty',
  notnull: 'isnotnull',
  floor: 'bin',
  parsejson: 'parse_json',
  todynamic: 'parse_json',
  iif: 'iff',
  pack: 'bag_pack',
  pack_dictionary: 'bag_pack',
  columnifexists: 'column_ifexists',
  string_length: 'strlen',
  any: 'take_any',
  anyif: 'take_anyif',
  argmax: 'arg_max',
  totime: 'totimespan',
  toobject: 'parse_json',
  extractall: 'extract_all',
  extractjson: 'extract_json',
  datepart: 'datetime_part',
  array_iif: 'array_iff',
  array_strcat: 'strcat_array',
  base64_encodestring: 'base64_encode_tostring',
  base64_decodestring: 'base64_decode_tostring',
  parseurl: 'parse_url',
  parseurlquery: 'parse_urlquery',
  make_dictionary: 'make_bag',
  arraylength: 'array_length',
  to_utf8: 'unicode_codepoints_from_string',
  make_string: 'unicode_codepoints_to_string',
  cnt: 'count',
  argmin: 'arg_min',
};

/** Older spellings that Kusto still takes, such as `pack`, under the name that the tables have. */
export const canonicalName = (name: string): string => ALIASES[name] ?? name;

const SCALARS = new Map<string, FunctionSpec>(
  [OPERATORS, TEXT, NUMBERS, TIME, DYNAMIC, NETWORK, SERIES].flatMap((table) => Object.entries(table)),
);
const AGGREGATE_MAP = new Map<string, FunctionSpec>(Object.entries(AGGREGATES));

/** By its canonical name; operators are in these tables too. */
export function scalarFunction(name: string): FunctionSpec | undefined {
  return SCALARS.get(name);
}
/** By its canonical name, without the `if` of its filtered form. */
export function aggregateFunction(name: string): FunctionSpec | undefined {
  return AGGREGATE_MAP.get(name);
}
/** Whether a query may call it by name: operators and names of our own it may not. */
export function isCallable(name: string): boolean {
  return !name.includes('-') && !(name in OPERATORS) && SCALARS.has(name);
}
/** Every function of the tables that a query may call. */
export function functionNames(): string[] {
  return [...SCALARS.keys(), ...AGGREGATE_MAP.keys()].filter(
    (name) => isCallable(name) || (AGGREGATE_MAP.has(name) && name !== 'series'),
  );
}
