import { useId } from 'react';
import { DATE_ORDERS, FIELD_WORDS, MAPPED_FIELDS } from '../../shared/choices';
import type { Choices, MappedField, Preview } from '../../shared/choices';
import { visibleText } from '../../shared/visible-text';
import css from './ReadingDialog.module.css';

const EXAMPLE_CHARACTERS = 40;

interface Props {
  preview: Preview;
  choices: Choices;
  /** As typed; it need not be a zone. */
  zone: string;
  zoneFault: string | undefined;
  onZone: (text: string) => void;
  onChoices: (choices: Choices) => void;
}

/** What somebody can decide about how a file is read. */
export function ReadingFields({ preview, choices, zone, zoneFault, onZone, onChoices }: Props) {
  const id = useId();
  const { reading } = preview;
  const { mapping = {}, ...others } = choices;
  const columnOf = (field: MappedField): string => (field in mapping ? mapping[field] : reading.mapping[field]) ?? '';
  const free = MAPPED_FIELDS.filter((field) => columnOf(field) === '' && reading.guesses[field] !== undefined);
  const first = reading.header !== null ? 'header' : reading.columns.length > 0 ? MAPPED_FIELDS[0] : 'order';
  const select = (
    name: string,
    label: string,
    value: string,
    options: [string, string][],
    on: (to: string) => void,
  ) => (
    <div className={css.field} key={name}>
      <label htmlFor={`${id}-${name}`}>{label}</label>
      <select
        id={`${id}-${name}`}
        data-focus-first={name === first || undefined}
        value={value}
        onChange={(event) => on(event.target.value)}
      >
        {options.map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
  const columns = reading.columns.map((column): [string, string] => {
    const example = exampleOf(preview, column);
    return [column, visibleText(example === '' ? column : `${column} (${example})`)];
  });
  return (
    <div className={css.fields}>
      {reading.header !== null &&
        select(
          'header',
          'First row',
          reading.header ? 'names' : 'record',
          [
            ['names', 'names the columns'],
            ['record', 'is a record'],
          ],
          // other names of columns: what was mapped by the old ones is void
          (to) => onChoices({ ...others, header: to === 'names' }),
        )}
      {free.length > 0 && (
        <button
          type="button"
          onClick={() => onChoices({ ...others, mapping: { ...mapping, ...guessed(preview, free) } })}
        >
          Fill in what the columns look like ({free.length})
        </button>
      )}
      {columns.length > 0 &&
        MAPPED_FIELDS.map((field) =>
          select(field, capital(FIELD_WORDS[field].words), columnOf(field), [['', 'no column'], ...columns], (to) =>
            onChoices({ ...others, mapping: { ...mapping, [field]: to === '' ? null : to } }),
          ),
        )}
      <div className={css.field}>
        <label htmlFor={`${id}-zone`}>Time zone</label>
        <input
          id={`${id}-zone`}
          value={zone}
          placeholder={reading.timeZone}
          spellCheck={false}
          aria-invalid={zoneFault !== undefined}
          aria-describedby={`${id}-zone-help`}
          onChange={(event) => onZone(event.target.value)}
        />
        <p id={`${id}-zone-help`} className={css.help} role={zoneFault === undefined ? undefined : 'alert'}>
          {zoneFault ?? 'Of times that name none: Europe/Berlin, +02:00. Empty: as the file has it, else UTC.'}
        </p>
      </div>
      {select(
        'order',
        'Dates as 3/2/2026',
        choices.dateOrder ?? '',
        [
          ['', reading.dateOrder === null ? 'as they are' : `as they are (${ORDER_WORDS[reading.dateOrder]})`],
          ...DATE_ORDERS.map((order): [string, string] => [order, ORDER_WORDS[order]]),
        ],
        (to) => onChoices(withOrder(choices, to)),
      )}
    </div>
  );
}

const ORDER_WORDS = { 'day-first': 'day first: 3 Feb', 'month-first': 'month first: 2 Mar' } as const;

function withOrder({ dateOrder: _before, ...others }: Choices, to: string): Choices {
  const dateOrder = DATE_ORDERS.find((each) => each === to);
  return dateOrder === undefined ? others : { ...others, dateOrder };
}

function guessed({ reading }: Preview, fields: readonly MappedField[]): NonNullable<Choices['mapping']> {
  return Object.fromEntries(fields.map((field) => [field, reading.guesses[field] ?? null]));
}

function exampleOf({ columns, rows }: Preview, column: string): string {
  const at = columns.indexOf(column);
  const example = rows.map(({ cells }) => cells[at] ?? '').find((cell) => cell.trim() !== '') ?? '';
  return example.length > EXAMPLE_CHARACTERS ? `${example.slice(0, EXAMPLE_CHARACTERS)}...` : example;
}

function capital(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
