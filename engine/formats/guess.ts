import { isIP } from 'node:net';
import type { MappedField } from '../../shared/choices';
import type { Table } from './format';

const SHOWN_BY = 0.5;
const TIME =
  /^\s*(?:\d{4}-\d{2}-\d{2}[T ]\d|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}\/\d{2}\/\d{2} |(?:1[0-9]|2[0-9])\d{8}(?:\.\d+|\d{3}(?:\d{3})?)?\s*$|[A-Z][a-z]{2} [A-Z][a-z]{2} +\d|[A-Z][a-z]{2} \d{1,2}, \d{4} @)/u;
const ACTION = /^(?:open|active|close|zpn_status_\w+)$/iu;
const MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;

interface Guess {
  field: MappedField;
  /** What the cells look like. */
  cell?: (text: string) => boolean;
  /** What the name says: needed where no cell can tell, else preferred. */
  name: RegExp;
  not?: RegExp;
}

/** In the order in which columns are given away. */
const GUESSES: readonly Guess[] = [
  { field: 'action', cell: (text) => ACTION.test(text), name: /action|status|event|state/iu },
  {
    field: 'sourceIp',
    cell: (text) => isIP(text.replace(/%.*$/u, '')) !== 0,
    name: /client|src|source|public|remote|user/iu,
    not: /private|dst|dest|server|connector|nat|internal/iu,
  },
  { field: 'connectionStart', cell: (text) => TIME.test(text), name: /start|begin|login|logon/iu },
  { field: 'connectionEnd', cell: (text) => TIME.test(text), name: /end|finish|logout|logoff/iu },
  { field: 'time', cell: (text) => TIME.test(text), name: /time|date|when|stamp/iu },
  { field: 'user', cell: (text) => MAIL.test(text), name: /user|account|upn|identity|principal|login|mail/iu },
  { field: 'sessionId', name: /session|sess_?id/iu },
  { field: 'country', name: /country/iu },
];
/** Without a hint in its name a column is taken for these only by its cells, for all others its name must say so. */
const BY_CELLS: ReadonlySet<MappedField> = new Set(['action', 'sourceIp', 'time', 'user']);

/** The fields that a guess can be made about. */
export const GUESSED_FIELDS: readonly MappedField[] = GUESSES.map(({ field }) => field);

/** Columns that look as if they held these fields, by their cells and then by their names. Each column counts once. */
export function guessColumns(
  { columns, rows }: Table,
  taken: ReadonlySet<string> = new Set(),
): Map<MappedField, string> {
  const found = new Map<MappedField, string>();
  const used = new Set(taken);
  // a log of known columns has nearly all of them taken
  const texts = new Map(columns.flatMap((name, index) => (used.has(name) ? [] : [[index, textsOf(rows, index)]])));
  for (const guess of GUESSES) {
    const best = columns
      .map((name, index) => ({ name, score: used.has(name) ? 0 : scoreOf(guess, name, texts.get(index) ?? []) }))
      .toSorted((a, b) => b.score - a.score)[0];
    if (!best || best.score === 0) continue;
    found.set(guess.field, best.name);
    used.add(best.name);
  }
  return found;
}

function textsOf(rows: Table['rows'], index: number): string[] {
  return rows.map((row) => row[index]?.trim() ?? '').filter((text) => text !== '');
}

function scoreOf({ field, cell, name, not }: Guess, column: string, texts: readonly string[]): number {
  const isNamed = name.test(column);
  const share = cell && texts.length > 0 ? texts.filter(cell).length / texts.length : 0;
  if (not?.test(column)) return share > SHOWN_BY ? 0.1 : 0;
  if (share > SHOWN_BY && (BY_CELLS.has(field) || isNamed)) return share + (isNamed ? 1 : 0);
  // user names need no form: the name alone is enough for what has no form of its own
  const isFormless = !cell || (field === 'user' && !texts.every((text) => TIME.test(text) || isIP(text) !== 0));
  return isFormless && isNamed ? 0.2 : 0;
}
