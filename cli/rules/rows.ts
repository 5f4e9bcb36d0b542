import Papa from 'papaparse';
import { toJson } from '../../engine/kql/run';
import { neutralise } from '../../engine/export/neutralise';
import type { RuleRun } from '../../shared/rules';
import { visibleText } from '../../shared/visible-text';
import { inColumns } from '../output/columns';

type Result = Pick<RuleRun, 'columns' | 'rows'>;
const TYPES = ['bool', 'int', 'long', 'real', 'decimal', 'string', 'datetime', 'timespan', 'guid', 'dynamic'] as const;

/** `name:type` of every column. */
export const columnTexts = ({ columns }: Result): string[] => columns.map(({ name, type }) => `${name}:${type}`);

/** Numbers, truth values and dynamic as JSON; datetime and timespan in Kusto's text form. */
export function jsonRows({ columns, rows }: Result): unknown[][] {
  const types = columns.map(({ type }) => TYPES.find((known) => known === type) ?? 'string');
  return rows.map((row) => row.map((cell, index) => toJson(types[index] ?? 'string', cell)));
}

/** With a header; a value that a spreadsheet would run gets an apostrophe before it. */
export function csvOf({ columns, rows }: Result): string {
  const lines = [columns.map(({ name }) => name), ...rows];
  const safe = lines.map((cells) => cells.map((cell) => neutralise(cell ?? '')));
  return `${Papa.unparse(safe, { quotes: true, newline: '\n' })}\n`;
}

/** For a person at a terminal: the names of the columns, then the rows. */
export function tableOf({ columns, rows }: Result): string {
  return inColumns([columns.map(({ name }) => name), ...rows.map((row) => row.map((cell) => visibleText(cell ?? '')))]);
}
