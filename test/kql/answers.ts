import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KqlResult } from '../../engine/kql/run';

/** A query with the answer that the real Kusto engine gave. */
export interface Answer {
  id: string;
  family: string;
  kql: string;
  outcome: 'rows' | 'error';
  columns: string[];
  rowCount: number;
  rows: string[];
}

/** The recorded answers, which are not part of the project; undefined where they are not at hand. */
export function readAnswers(): Answer[] | undefined {
  const file = process.env['DOPPEL_KQL_ANSWERS'] ?? join(import.meta.dirname, '../../../shared/kql/answers.jsonl');
  if (!existsSync(file)) return undefined;
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Answer); // recorded in this shape
}

const RECORDED_TYPES: Readonly<Record<string, string>> = {
  bool: 'Bool',
  int: 'Int',
  long: 'Int',
  real: 'Real',
  decimal: 'Real',
  string: 'String',
  datetime: 'DateTime',
  timespan: 'TimeSpan',
  guid: 'Guid',
  dynamic: 'Dynamic',
};

/** Numbers to 12 digits; JSON by value, the elements of an array in any order, for Kusto leaves a set's order open. */
function canonical(value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toPrecision(12));
  if (Array.isArray(value)) {
    return value
      .map((each) => JSON.stringify(canonical(each)))
      .toSorted()
      .map((each): unknown => JSON.parse(each));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, each]) => [name, canonical(each)]),
    );
  }
  return value;
}

function cellText(type: string, cell: string | null): string {
  if (type === 'string') return `'${cell ?? ''}'`;
  if (cell === null) return 'null';
  if (type === 'real' || type === 'decimal') return realText(cell);
  if (type === 'dynamic') return JSON.stringify(canonical(JSON.parse(cell)));
  return cell;
}
function realText(text: string): string {
  const value = Number(text.replace(/inf$/, 'Infinity'));
  return Number.isFinite(value) ? String(Number(value.toPrecision(12))) : String(value);
}

/** Cuts a recorded row into its cells: text in quotes, JSON, or a bare word; `types` says which. */
function recordedCells(row: string, types: readonly string[]): string[] {
  const cells: string[] = [];
  let rest = row.slice(1, -1);
  types.forEach((type, index) => {
    const next = cutCell(rest, type, index === types.length - 1);
    cells.push(next.cell);
    rest = next.rest;
  });
  return cells;
}
function cutCell(text: string, type: string, last: boolean): { cell: string; rest: string } {
  if (last) return { cell: normalised(text, type), rest: '' };
  // a text may hold what looks like its end, so the cut is tried at each comma until the cell makes sense
  for (let at = text.indexOf(', '); at >= 0; at = text.indexOf(', ', at + 1)) {
    const head = text.slice(0, at);
    if (makesSense(head, type)) return { cell: normalised(head, type), rest: text.slice(at + 2) };
  }
  return { cell: text, rest: '' };
}
function makesSense(text: string, type: string): boolean {
  if (type === 'string') return text.length >= 2 && text.startsWith("'") && text.endsWith("'");
  if (type !== 'dynamic' || text === 'null') return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
function normalised(text: string, type: string): string {
  if (text === 'null') return 'null';
  if (type === 'real' || type === 'decimal') return realText(text);
  if (type === 'dynamic' && makesSense(text, type)) return JSON.stringify(canonical(JSON.parse(text)));
  return text;
}

/** What is different between the recorded answer and ours; undefined when nothing is. */
export function difference(answer: Answer, result: KqlResult): string | undefined {
  const columns = result.columns.map(({ name, type }) => `${name}:${RECORDED_TYPES[type] ?? type}`);
  if (columns.join() !== answer.columns.join()) return `columns ${columns.join()} instead of ${answer.columns.join()}`;
  if (result.rows.length !== answer.rowCount) return `${result.rows.length} rows instead of ${answer.rowCount}`;
  const types = result.columns.map(({ type }) => type);
  const ours = result.rows.map((row) => row.map((cell, index) => cellText(types[index] ?? '', cell)).join(' | '));
  for (const row of answer.rows) {
    const wanted = recordedCells(row, types).join(' | ');
    const at = ours.indexOf(wanted);
    if (at < 0) return `no row ${wanted}; there is ${ours.slice(0, 3).join(' and ')}`;
    ours.splice(at, 1);
  }
  return undefined;
}
