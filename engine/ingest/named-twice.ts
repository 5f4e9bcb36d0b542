import { mendEmpties } from './empty-mender';
import { fieldOf, spellingsOf } from './fields';
import { foldKey, shownName } from './names';
import { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, COLON, COMMA, OPEN_ARRAY, OPEN_OBJECT, QUOTE, SPACE } from './bytes';

/** Records that give a field two values under one name. */
export interface NamedTwice {
  /** Records that were looked at, and whether they are all. */
  looked: number;
  isAll: boolean;
  /** Those of them that have the very same name twice, and those names. */
  same: { records: number; names: string[] };
  /** Those that have names which differ in letter case only: the first of a pair counts where it has a value. */
  spelled: { records: number; names: [string, string][] };
}

/** Texts in texts in a text. */
const MOST_TEXTS = 3;
const JSON_IN_TEXT = /\{\s*\\"/u;

/**
 * Looks for names of fields that stand twice in a record, with different values: JSON does not forbid it, and parsers
 * disagree about which counts. Of `names`, which these lines have, only those matter that Doppel reads. Lines are looked
 * at one by one, and what is no JSON is left to others.
 */
export function namedTwice(
  lines: readonly string[],
  names: ReadonlySet<string>,
  isAll: boolean,
): NamedTwice | undefined {
  const wanted = new Wanted(names);
  const same = { records: 0, names: new Set<string>() };
  const spelled = { records: 0, names: new Map<string, [string, string]>() };
  let looked = 0;
  for (const line of lines) {
    const start = line.indexOf('{');
    if (start === -1) continue;
    looked += 1;
    if (!wanted.mayStandTwice(line)) continue;
    // a cell of CSV has its quotes doubled
    const text = line.startsWith('{""', start) ? line.replaceAll('""', '"') : line;
    const pairs = pairsIn(text, wanted);
    if (pairs.some(([one, other]) => one === other)) same.records += 1;
    if (pairs.some(([one, other]) => one !== other)) spelled.records += 1;
    for (const [one, other] of pairs) {
      if (one === other) same.names.add(shownName(one));
      else spelled.names.set(foldKey(one), wanted.inOrder(one, other));
    }
  }
  if (same.records + spelled.records === 0) return undefined;
  return {
    looked,
    isAll,
    same: { records: same.records, names: [...same.names] },
    spelled: {
      records: spelled.records,
      names: [...spelled.names.values()].map(([one, other]) => [shownName(one), shownName(other)]),
    },
  };
}

/** Names that a header has twice among those that Doppel reads, as pairs. */
export function columnsTwice(header: readonly string[]): [string, string][] {
  const known = header.filter((name) => fieldOf(name) !== undefined);
  const firsts = new Map<string, string>();
  const pairs = new Map<string, [string, string]>();
  for (const name of known) {
    const first = firsts.get(foldKey(name));
    if (first === undefined) firsts.set(foldKey(name), name);
    else pairs.set(first, [first, name]);
  }
  return [...pairs.values()];
}

/** The names that are looked for: plain ones, and JSON pointers to what lies in objects. */
class Wanted {
  readonly #folded = new Map<string, string>();
  readonly #rank = new Map<string, number>();
  readonly hasPointers: boolean;
  /** A quick look: names between quotes, which in texts are escaped or doubled. */
  readonly #between: RegExp;

  constructor(names: ReadonlySet<string>) {
    const known = [...spellingsOf(names).values()].flat();
    for (const [rank, name] of known.entries()) {
      this.#folded.set(name, foldKey(name));
      if (!this.#rank.has(name)) this.#rank.set(name, rank);
    }
    this.hasPointers = known.some((name) => name.startsWith('/'));
    const keys = known.map((name) => (name.startsWith('/') ? lastKey(name) : name));
    this.#between = new RegExp(`"(${[...new Set(keys)].map(escaped).join('|') || '(?!)'})\\\\*"{1,2}\\s*:`, 'gu');
  }

  /** False when no name can stand twice on a line: most lines, in a fifth of the time. */
  mayStandTwice(line: string): boolean {
    if (line.includes(String.raw`\u`)) return true; // a name can be written so
    const seen = new Set<string>();
    this.#between.lastIndex = 0;
    for (let match = this.#between.exec(line); match; match = this.#between.exec(line)) {
      const folded = foldKey(match[1] ?? '');
      if (seen.has(folded)) return true;
      seen.add(folded);
    }
    return false;
  }

  /** How the name is compared; undefined for one that does not matter. */
  folded(name: string): string | undefined {
    return this.#folded.get(name);
  }

  /** The one that counts where it has a value, first. */
  inOrder(one: string, other: string): [string, string] {
    return (this.#rank.get(one) ?? 0) <= (this.#rank.get(other) ?? 0) ? [one, other] : [other, one];
  }
}

/** The last key of a JSON pointer. */
function lastKey(pointer: string): string {
  const key = pointer.replace(/\/0$/u, '').split('/').at(-1) ?? '';
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
}

type Pair = readonly [one: string, other: string];

/** The pairs of names in the first object of a text, and in the texts inside it that hold objects. */
function pairsIn(text: string, wanted: Wanted, depth = 1): Pair[] {
  const firsts = new Map<string, { name: string; value: string }>();
  const own = new Map<string, Pair>();
  let inner: Pair[] = [];
  const start = text.indexOf('{');
  const end = scan(text, start, wanted.hasPointers, (name, value, isTop) => {
    if (isTop && depth < MOST_TEXTS && JSON_IN_TEXT.test(value)) {
      const held = parsedText(value);
      if (held !== undefined) inner = inner.concat(pairsIn(held, wanted, depth + 1));
    }
    const folded = wanted.folded(name);
    if (folded === undefined) return;
    const first = firsts.get(folded);
    if (!first) firsts.set(folded, { name, value });
    else if (first.value !== value) own.set(name, [first.name, name]);
  });
  // what only looks like an object may have anything twice
  return own.size === 0 || isJson(text.slice(start, end)) ? [...own.values(), ...inner] : [];
}

function parsedText(value: string): string | undefined {
  if (!value.startsWith('"')) return undefined;
  try {
    return String(JSON.parse(value));
  } catch {
    return undefined;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(mendEmpties(text));
    return true;
  } catch {
    return false;
  }
}

/**
 * Gives every member of an object with its value as it is written: by its key, or where pointers are asked for and it
 * lies inside of others, by the JSON pointer to it. Members of arrays are left out. Returns where the object ends.
 */
function scan(
  text: string,
  from: number,
  givesPointers: boolean,
  give: (name: string, value: string, isTop: boolean) => void,
): number {
  /** Pointers of the objects that are open; undefined for what is in an array. */
  const open: (string | undefined)[] = [];
  let key: string | undefined;
  let isKey = false;
  const nameOf = (own: string): string | undefined => {
    const around = open.at(-1);
    if (around === undefined) return undefined;
    return `${around}/${own.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  };
  const tell = (value: string): void => {
    if (key === undefined) return;
    const isTop = open.length === 1;
    if (isTop) give(key, value, true);
    const pointer = givesPointers ? nameOf(key) : undefined;
    if (pointer !== undefined) give(pointer, value, false);
    key = undefined;
  };
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfString(text, at);
      if (isKey) key = keyOf(text.slice(at + 1, end - 1));
      else tell(text.slice(at, end));
      isKey = false;
      at = end - 1;
    } else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      const isInside = code === OPEN_OBJECT && (open.length === 0 || key !== undefined);
      open.push(isInside ? (open.length === 0 ? '' : nameOf(key ?? '')) : undefined);
      isKey = code === OPEN_OBJECT;
      key = undefined;
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
      open.pop();
      if (open.length === 0) return at + 1;
      isKey = false;
      key = undefined;
    } else if (code === COMMA) {
      key = undefined;
      isKey = open.at(-1) !== undefined;
    } else if (code > SPACE && code !== COLON && key !== undefined) {
      const end = endOfPlain(text, at);
      tell(text.slice(at, end));
      at = end - 1;
    }
  }
  return text.length;
}

/** Behind the quote that ends a string. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return at + 1;
  }
  return text.length;
}

function endOfPlain(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= SPACE || code === COMMA || code === CLOSE_OBJECT || code === CLOSE_ARRAY) return at;
  }
  return at;
}

function keyOf(written: string): string {
  return written.includes('\\') ? (parsedText(`"${written}"`) ?? written) : written;
}
