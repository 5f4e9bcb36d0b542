/** Names of fields as files spell them, and what a table of aliases makes of them. */

/**
 * The names that a file really uses for each field that is wanted, in order of preference; fields that it does not have are
 * absent. `columns`: what is to come out, in order, and of which field.
 */
export class Spellings<F extends string = string> extends Map<F, readonly string[]> {
  readonly columns: readonly (readonly [column: string, field: F])[];

  constructor(
    columns: readonly (readonly [column: string, field: F])[],
    entries: Iterable<readonly [F, readonly string[]]>,
  ) {
    super(entries);
    this.columns = columns;
  }

  /** Every name, once. */
  get names(): string[] {
    return [...new Set([...this.values()].flat())];
  }
}

/** How keys are compared. Only ASCII letters fold: a Kelvin sign is no k. */
export function foldKey(key: string): string {
  const text = key.trim();
  // of printable ASCII the quick way makes the same
  return /[^ -~]/u.test(text) ? text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()) : text.toLowerCase();
}

/**
 * What a key is called without what a store adds: LogScale a prefix, a custom log table of Log Analytics a type suffix, the
 * portal of Log Analytics the zone of a time.
 */
export function bareKey(folded: string): string {
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

/** What to call a key: `/_source/user/name/0` is user.name. */
export const shownName = (key: string): string => (key.startsWith('/') ? nameAt(key) : key);

/** A key is a name, or where keys lie inside others the JSON pointer to it. */
export const foldedName = (key: string): string => foldKey(shownName(key));

/** A field that a name stands for, and how much it is preferred: the lower, the sooner. */
interface Known<F> {
  field: F;
  rank: number;
}

/** The keys of one record are those of the next. Bounded, for keys come from files. */
const MOST_REMEMBERED = 10_000;

/**
 * Names of fields by what they are called in the logs that hold them. Spellings match without regard to letter case; of
 * several that a record fills, the first in the order of its list wins. A name may stand for several fields.
 */
export class NameTable<F extends string> {
  readonly #fields = new Map<string, Known<F>[]>();
  readonly #remembered = new Map<string, readonly Known<F>[]>();

  constructor(table: readonly (readonly [field: F, names: readonly string[]])[]) {
    for (const [field, names] of table) {
      for (const [rank, name] of names.entries()) {
        const known = this.#fields.get(foldKey(name)) ?? [];
        this.#fields.set(foldKey(name), [...known, { field, rank }]);
      }
    }
  }

  /** What a key stands for; undefined for the many that are not in the table. */
  fieldOf(key: string): F | undefined {
    return this.#known(key)[0]?.field;
  }

  /** The names among `keys` for each field, in order of preference; equal names in different letter case keep their order. */
  namesOf(keys: Iterable<string>): Map<F, string[]> {
    const found = new Map<F, { key: string; rank: number }[]>();
    for (const key of new Set(keys)) {
      for (const { field, rank } of this.#known(key)) {
        const list = found.get(field) ?? [];
        list.push({ key, rank });
        found.set(field, list);
      }
    }
    return new Map(
      [...found].map(([field, list]) => [field, list.toSorted((a, b) => a.rank - b.rank).map(({ key }) => key)]),
    );
  }

  #known(key: string): readonly Known<F>[] {
    const remembered = this.#remembered.get(key);
    if (remembered) return remembered;
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    const found = this.#look(foldedName(key));
    this.#remembered.set(key, found);
    return found;
  }

  #look(folded: string): readonly Known<F>[] {
    const whole = this.#fields.get(folded);
    if (whole) return whole;
    return (this.#fields.get(bareKey(folded)) ?? []).map(({ field, rank }) => ({ field, rank: rank + 0.5 }));
  }
}
