import { createHash } from 'node:crypto';
import { FIELD_WORDS, MAPPED_FIELDS } from '../../shared/choices';
import type { Choices, MappedField, Reading, ReadingNote } from '../../shared/choices';
import { DoppelError } from '../../shared/errors';
import { formatTimeZone, parseTimeZone } from '../../shared/time-zone';
import { EXTRACTED, spellingsOf } from '../ingest/fields';
import { Spellings } from '../ingest/names';
import { anyTable } from './any-table';
import type { Recognised, Sample, Table } from './format';
import { GUESSED_FIELDS, guessColumns } from './guess';
import { recognise } from './list';
import { TIME_FIELDS, chosenZoneNote, timesOf } from './times';
import type { TimeNames } from './times';

/** How a text is read, and what of that was chosen or taken for granted. */
export interface ReadAs {
  /** Undefined: nobody can tell what is in it. */
  format: Recognised | undefined;
  reading: Reading;
}

/** Without these nothing can be found. */
const NEEDED: readonly MappedField[] = ['user', 'sourceIp', 'time'];
const COLUMNS_NAMED = 40;

/**
 * How a text is to be read: as its format says, but for what somebody chose. Throws `bad-choice` when a chosen column is
 * not there or a time zone does not exist; of several files those are mapped that have the columns. `name` is what to call
 * the file.
 */
export function readAs(sample: Sample, choices: Choices, name: string, isOneOfSeveral = false): ReadAs {
  if (choices.timeZone !== undefined && !parseTimeZone(choices.timeZone)) {
    const zone = choices.timeZone;
    throw new DoppelError('bad-choice', `There is no time zone “${zone}”. Take one such as Europe/Berlin or +02:00.`);
  }
  const isMapped = Object.keys(choices.mapping ?? {}).length > 0;
  const own = choices.header === undefined ? recognise(sample) : undefined;
  if (isMapped || choices.header !== undefined) {
    const table = own?.table?.isMappable ? own : anyTable(sample, choices.header);
    const missing = missingColumns(table?.table, choices);
    if (missing.length > 0 && isOneOfSeveral) return readAs(sample, withoutColumns(choices), name, true);
    if (missing.length > 0) throw noSuchColumns(missing, table?.table, name);
    if (table) return isMapped ? mapped(table, choices) : asItSays(table, choices, undefined);
  }
  return asItSays(own, choices, own ? undefined : anyTable(sample, undefined));
}

function missingColumns(table: Table | undefined, { mapping }: Choices): string[] {
  const chosen = Object.values(mapping ?? {}).filter((column) => column !== null);
  return chosen.filter((column) => !table?.columns.includes(column));
}

function withoutColumns({ mapping: _mapping, header: _header, ...rest }: Choices): Choices {
  return rest;
}

function noSuchColumns(missing: readonly string[], table: Table | undefined, name: string): DoppelError {
  const has = table ? ` Its columns are ${columnList(table)}.` : ' What is in it has no columns that could be mapped.';
  return new DoppelError('bad-choice', `${name} has no column ${missing.map(quoted).join(' and no ')}.${has}`);
}

/** As the format has it. `unknown`: no format knew the text, but it has columns. */
function asItSays(own: Recognised | undefined, choices: Choices, unknown: Recognised | undefined): ReadAs {
  const table = own?.table ?? unknown?.table;
  const spellings = own && table ? knownSpellings(table) : spellingsOf([]);
  const times = table && timesOf(table, timeNames(spellings, table, own === undefined), choices);
  const zoneNote = times ? undefined : chosenZoneNote(choices.timeZone);
  const notes = [
    ...(own && table?.isMappable ? missingNotes(spellings, table, [...NEEDED, 'action']) : []),
    ...(times?.notes ?? []),
    ...(zoneNote ? [zoneNote] : []),
  ];
  const reading = readingOf({
    title: own?.title,
    table,
    spellings,
    choices,
    notes,
    dateOrder: times?.dateOrder ?? null,
  });
  const dayFirst = choices.dateOrder === undefined ? (times?.dayFirst ?? false) : choices.dateOrder === 'day-first';
  const format = own && { ...own, adjustment: { dayFirst, timeZone: choices.timeZone, allActive: false } };
  return { format, reading };
}

/** As somebody chose. Where no column tells the action, every record counts as proof of presence, and that is said. */
function mapped(base: Recognised, choices: Choices): ReadAs {
  const { table } = base;
  if (!table) throw new DoppelError('internal', 'A format without columns was to be mapped.');
  const spellings = withMapping(knownSpellings(table), choices.mapping ?? {});
  const times = timesOf(table, timeNames(spellings, table, false), choices);
  const allActive = !spellings.has('action');
  const notes: ReadingNote[] = [chosenNote(choices.mapping ?? {}), ...missingNotes(spellings, table, NEEDED)];
  if (allActive) {
    const text = 'no column is read as the action: every record counts as proof of presence (active)';
    notes.push({ about: 'columns', text, sure: 'open' });
  }
  const reading = readingOf({
    title: base.title,
    table,
    spellings,
    choices,
    notes: [...notes, ...times.notes],
    dateOrder: times.dateOrder,
  });
  const adjustment = { dayFirst: times.dayFirst, timeZone: choices.timeZone, allActive };
  const format: Recognised = {
    ...base,
    adjustment,
    extractions: (learned, ...how) =>
      base.extractions(learned.columns === EXTRACTED ? withMapping(learned, choices.mapping ?? {}) : learned, ...how),
  };
  return { format, reading };
}

/** Of the columns that Doppel knows by name. */
function knownSpellings({ columns, deep }: Table): Spellings {
  return spellingsOf(columns.filter((column) => !deep?.has(column)));
}

/** What was chosen goes before what names say; a column that was given to one field is not read for another. */
function withMapping(spellings: Spellings, mapping: NonNullable<Choices['mapping']>): Spellings {
  const taken = new Set(Object.values(mapping));
  const result = new Map<string, readonly string[]>();
  for (const [field, names] of spellings) {
    const free = names.filter((name) => !taken.has(name));
    if (!Object.hasOwn(mapping, field) && free.length > 0) result.set(field, free);
  }
  for (const field of MAPPED_FIELDS) {
    const column = mapping[field];
    if (column !== undefined && column !== null) result.set(field, [column]);
  }
  return new Spellings(spellings.columns, result);
}

function timeNames(spellings: Spellings, table: Table, isUnknown: boolean): TimeNames {
  if (isUnknown) {
    const guessed = guessColumns(table);
    const all = new Set([...guessed].filter(([field]) => TIME_FIELDS.has(field)).map(([, column]) => column));
    return { all, ofCollection: new Set() };
  }
  const all = new Set([...spellings].filter(([field]) => TIME_FIELDS.has(field)).flatMap(([, names]) => names));
  return { all, ofCollection: new Set(spellings.get('timeGenerated')) };
}

function chosenNote(mapping: NonNullable<Choices['mapping']>): ReadingNote {
  const parts = MAPPED_FIELDS.flatMap((field) => {
    const column = mapping[field];
    if (column === undefined) return [];
    const { words } = FIELD_WORDS[field];
    return [column === null ? `${words} from no column` : `${words} from ${quoted(column)}`];
  });
  return { about: 'columns', text: `read as chosen: ${parts.join(', ')}`, sure: 'chosen' };
}

/** What cannot be found because no column is read as it. */
function missingNotes(spellings: Spellings, table: Table, needed: readonly MappedField[]): ReadingNote[] {
  const missing = needed.filter(
    (field) => !spellings.has(field) && !(field === 'time' && [...TIME_FIELDS].some((each) => spellings.has(each))),
  );
  if (missing.length === 0) return [];
  const guesses = guessColumns(table, new Set([...spellings.values()].flat()));
  return missing.map((field) => {
    const guess = guesses.get(field);
    const hint = guess === undefined ? '' : `; ${quoted(guess)} looks like it`;
    return { about: 'columns', text: `no column is read as the ${FIELD_WORDS[field].words}${hint}`, sure: 'open' };
  });
}

interface Found {
  /** Of the format; undefined when none knows the text. */
  title: string | undefined;
  table: Table | undefined;
  spellings: Spellings;
  choices: Choices;
  notes: ReadingNote[];
  dateOrder: Reading['dateOrder'];
}

function readingOf({ title, table, spellings, choices, notes, dateOrder }: Found): Reading {
  const columns = table?.isMappable ? [...table.columns] : [];
  const mapping: Reading['mapping'] = {};
  for (const field of MAPPED_FIELDS) {
    const [first] = spellings.get(field) ?? (field === 'time' ? (spellings.get('timeGenerated') ?? []) : []);
    if (first !== undefined && columns.length > 0) mapping[field] = first;
  }
  const guesses: Reading['guesses'] = {};
  if (table && columns.length > 0 && GUESSED_FIELDS.some((field) => mapping[field] === undefined)) {
    for (const [field, column] of guessColumns(table, new Set(Object.values(mapping)))) {
      if (mapping[field] === undefined) guesses[field] = column;
    }
  }
  const zone = choices.timeZone === undefined ? undefined : parseTimeZone(choices.timeZone);
  return {
    columns,
    mapping,
    guesses,
    header: table?.header ?? null,
    dateOrder,
    timeZone: zone ? formatTimeZone(zone) : 'UTC',
    shape: columns.length > 0 ? shapeOf(columns, table?.header ?? null) : (title ?? ''),
    choices,
    notes,
  };
}

/** CSV columns stand in an order; the keys of JSON objects do not. */
function shapeOf(columns: readonly string[], header: boolean | null): string {
  const names = header === null ? columns.toSorted() : columns;
  return createHash('sha256')
    .update(JSON.stringify([header, names]))
    .digest('hex')
    .slice(0, 16);
}

/** What to say when nobody can tell what the columns of a file are. Undefined: it has none that look like a log's. */
export function mappingNeeded({ reading }: ReadAs, name: string): DoppelError | undefined {
  const { columns, guesses } = reading;
  if (guesses.sourceIp === undefined && guesses.time === undefined) return undefined;
  const parts = NEEDED.map((field) => `${FIELD_WORDS[field].option}=${quoteOption(guesses[field] ?? 'COLUMN')}`);
  return new DoppelError(
    'mapping-needed',
    `Doppel does not know the columns of ${name}: ${columnList({ columns })}. Say what they are: --map ${parts.join(',')}`,
  );
}

function columnList({ columns }: Pick<Table, 'columns'>): string {
  const shown = columns.slice(0, COLUMNS_NAMED).join(', ');
  return columns.length > COLUMNS_NAMED ? `${shown} and ${columns.length - COLUMNS_NAMED} more` : shown;
}

function quoteOption(column: string): string {
  return /[\s,="']/u.test(column) ? `"${column}"` : column;
}

function quoted(text: string): string {
  return `“${text}”`;
}
