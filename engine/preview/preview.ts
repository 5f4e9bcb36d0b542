import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PREVIEW_ROWS } from '../../shared/choices';
import type { Preview } from '../../shared/choices';
import type { Cell } from '../db';
import type { Recognised } from '../formats/format';
import { objectOf } from '../formats/json';
import { jsonTable, valueOf } from '../formats/json-table';
import { readAs } from '../formats/read-as';
import { parseRows } from '../ingest/csv-row';
import { openLog } from '../ingest/open-log';
import { headOf } from '../ingest/sniff';
import type { FileToOpen } from '../sources/source';

const READ_CHARACTERS = 128 * 1024;
const CELL_CHARACTERS = 200;
/** A quoted cell may go on over lines. */
const LINES_A_ROW = 20;

type Row = Preview['rows'][number];

/** The first rows of a file under its choices: its head goes the way of a whole log, so that what is shown is what is read. */
export async function preview(file: FileToOpen, tempFolder: string, signal: AbortSignal): Promise<Preview> {
  const sample = await headOf(file);
  const { format, reading } = readAs(sample, file.choices ?? {}, file.name);
  const short = sample.text.slice(0, READ_CHARACTERS);
  const lastEnd = short.lastIndexOf('\n');
  const text = short.length < sample.text.length && lastEnd > 0 ? short.slice(0, lastEnd + 1) : short;
  const lines = text.split('\n');
  const columns = reading.columns.length > 0 ? reading.columns : ['line'];
  const rows = format ? await readRows(file, text, tempFolder, signal) : bareRows(lines, reading.header === true);
  return {
    format: format?.title ?? null,
    recognisedBy: format?.because ?? '',
    reading,
    columns,
    rows: rows.map((row) => ({ ...row, cells: cellsOf(format, lines, row.line, columns) })),
  };
}

async function readRows(file: FileToOpen, text: string, tempFolder: string, signal: AbortSignal): Promise<Row[]> {
  const folder = await mkdtemp(join(tempFolder, 'preview-'));
  try {
    const path = join(folder, 'head');
    await writeFile(path, text);
    const log = await openLog([{ ...file, path }], { tempFolder: folder, signal, threads: 1, anyRecords: true });
    try {
      const found = await log.database.use(signal, (connection) =>
        connection.rows(
          `select rowid + 1, class::varchar, time, action::varchar, user_name, ip, session_id
          from record order by rowid limit $limit`,
          { limit: PREVIEW_ROWS },
        ),
      );
      const rejected = (await log.rejected({ offset: 0, limit: PREVIEW_ROWS })).rows;
      const rows = found.map((cells) => rowOf(log.lineOf(0, Number(cells[0])), cells));
      const known = new Set(rows.map(({ line }) => line));
      const others = rejected.filter(({ line }) => !known.has(line)).map(({ line, reason }) => bareRow(line, reason));
      return [...rows, ...others].toSorted((a, b) => a.line - b.line).slice(0, PREVIEW_ROWS);
    } finally {
      await log.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function rowOf(line: number, [, outcome, time, action, user, ip, sessionId]: Cell[]): Row {
  const text = (cell: Cell | undefined): string | null => (typeof cell === 'string' ? cell : null);
  return {
    line,
    cells: [],
    outcome: text(outcome),
    time: typeof time === 'number' ? time : null,
    action: text(action),
    user: text(user),
    SrcIpAddr: text(ip),
    sessionId: text(sessionId),
  };
}

function bareRow(line: number, outcome: string | null): Row {
  return { ...rowOf(line, []), outcome };
}

function bareRows(lines: readonly string[], hasHeader: boolean): Row[] {
  return lines
    .map((text, index) => ({ text, line: index + 1 }))
    .filter(({ text, line }) => text.trim() !== '' && !(hasHeader && line === 1))
    .slice(0, PREVIEW_ROWS)
    .map(({ line }) => bareRow(line, null));
}

function cellsOf(format: Recognised | undefined, lines: readonly string[], line: number, columns: string[]): string[] {
  const text = lines[line - 1] ?? '';
  const short = (cell: string): string => cell.slice(0, CELL_CHARACTERS);
  const object = objectOf(text);
  if (object && columns.length > 1) {
    const { deep } = jsonTable([text]);
    const values = columns.map((name) => valueOf(object, deep?.get(name) ?? [name]));
    return values.map((value) => short(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')));
  }
  if (columns.length === 1) return [short(text)];
  const own = lines.slice(line - 1, line - 1 + LINES_A_ROW).join('\n');
  const delimiters = format?.cut.by === 'csv' ? [format.cut.delimiter] : [',', ';', '\t'];
  const rows = delimiters.map((delimiter) => parseRows(own, delimiter, 1)[0] ?? []);
  return (rows.find((row) => row.length === columns.length) ?? [text]).map(short);
}
