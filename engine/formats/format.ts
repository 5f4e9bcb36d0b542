import type { RecordClass } from '../ingest/classes';
import type { Spellings } from '../ingest/names';
import type { ElementsOf } from '../ingest/json-elements';
import type { Values } from '../db';
import type { Adjustment } from './adjust';

/** The beginning of an input as plain text: decompressed, without byte order mark, line ends as in the file. */
export interface Sample {
  /** At most the first MiB. */
  text: string;
  /** The whole lines of it; the last line too when the input ends there. */
  lines: readonly string[];
}

/** How the text of an input falls into records. In a copy of JSON, values that are left empty become null. */
export type Cut = { inside?: Inside } &
  /**
   * One record a line. `mend`: JSON with values left empty, so that it needs a copy. `text`: not JSON, so that a copy of it
   * has to be clean (engine/ingest/clean-lines.ts).
   */
  (
    | { by: 'line'; mend?: true; text?: true }
    /** JSON values one after another or in one array, over any number of lines; rewritten to one value a line. */
    | { by: 'json' }
    /** Elements of an array inside a JSON document that wraps them; rewritten to one object a line. */
    | { by: 'elements'; of: ElementsOf }
    /** RFC 4180 rows, of `cells` cells, the first of them the header unless `headless`; a quoted cell may hold line breaks. */
    | { by: 'csv'; delimiter: string; cells: number; headless?: true }
  );

/** The records lie in texts inside of these (nested.ts): in the copy each stands instead of what is around it. */
export interface Inside {
  /** Whether the copy has JSON or lines of text. */
  isJson: boolean;
  /** What the columns of CSV are called. */
  columns?: readonly string[];
}

/** One way to read the text: a SELECT that gives one row a record, in order, after a column `fault` with those that its spellings name. */
export interface Extraction {
  /** Names $path, the text's own path, and what is in `values`. */
  sql: string;
  values: Values;
  /** A faster way that cannot tell records of this class from something else: when it finds one, the next way is tried. */
  unsure?: RecordClass;
  /** The way before it once more, for a text that it could not read to its end: only then it is tried. */
  isSecondTry?: true;
}

/** The beginning of an input as columns. */
export interface Table {
  columns: readonly string[];
  /** Texts of the cells; a row may be shorter. */
  rows: readonly (readonly string[])[];
  /** Whether the first row names the columns; null where that cannot be otherwise. */
  header: boolean | null;
  /** What a column stands for can be chosen. */
  isMappable: boolean;
  /** The keys that lead to columns which lie inside of others; they are never taken for a field unless that is chosen. */
  deep?: ReadonlyMap<string, readonly string[]>;
}

/** A format that has recognised an input. */
export interface Recognised {
  /** The format's name for people. */
  title: string;
  /** What in the content says so, for people. */
  because: string;
  cut: Cut;
  /** Its columns, where it has some. */
  table?: Table;
  /** What somebody chose, or what the content shows, about the texts that are extracted. */
  adjustment?: Adjustment;
  /** The names that these lines of the text give their fields. */
  keys(lines: readonly string[]): Iterable<string>;
  /**
   * Ways to read the text, the fastest first. One that meets what it cannot read throws, and the next is tried. `isRepaired`:
   * it is a copy of CSV without broken rows (engine/ingest/csv-rows.ts).
   */
  extractions(spellings: Spellings, adjustment?: Adjustment, isRepaired?: boolean): readonly Extraction[];
  /** The texts that LSS sent, one a record, in order, as the column `message`; absent where the records are no such texts. */
  messages?(isRepaired?: boolean): Extraction;
  /** How to read it when some of its records, such as these, have theirs in further texts; undefined when they have not. */
  deeper?(lines: readonly string[]): Recognised | undefined;
}

/** A kind of file that Doppel reads. To add one: one file in this folder, one line in list.ts, one golden case. */
export interface Format {
  /** Looks at the content, never at the name. Undefined: not this format. */
  recognise(sample: Sample): Recognised | undefined;
}

/**
 * The select list of an extraction: `fault` (a reject reason, or null), then the columns of the spellings, all text. `cell` names the SQL expression that holds the value of one spelling; where a field
 * has several, the first one that is filled counts.
 */
export function selectList(
  fault: string,
  spellings: Spellings,
  cell: (spelling: string, field: string) => string,
): string {
  const columns = spellings.columns.map(([column, field]) => {
    const cells = (spellings.get(field) ?? []).map((spelling) => cell(spelling, field));
    const [only = 'null::varchar'] = cells;
    // what sorts from '!' on does not begin with a space, so that trim, which is dear, could leave nothing of it
    const filled = cells.map((one) => `case when ${one} >= '!' then ${one} else nullif(trim(${one}), '') end`);
    return `${cells.length > 1 ? `coalesce(${[...filled, ...cells].join(', ')})` : only} as ${column}`;
  });
  return [`${fault} as fault`, ...columns].join(', ');
}
