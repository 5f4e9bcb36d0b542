import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PREVIEW_ROWS } from '../../shared/choices';
import type { Preview, Reading } from '../../shared/choices';
import type { Cell } from '../db';
import type { Sample } from '../formats/format';
import { jsonSampleOf, objectOf } from '../formats/json';
import { jsonTable, valueOf } from '../formats/json-table';
import { readAs } from '../formats/read-as';
import { parseRows } from '../ingest/csv-row';
import { openLog } from '../ingest/open-log';
import { headOf } from '../ingest/sniff';
import type { FileToOpen } from '../sources/source';
import { makeFolderIn } from '../temp-folder';

const READ_CHARACTERS = 128 * 1024;
const CELL_CHARACTERS = 200;
/** A quoted cell may go on over lines. */
const LINES_A_ROW = 20;

type Row = Preview['rows'][number];
/** A row with the text that it was read from. */
interface Read {
  row: Row;
  text: string;
}

interface Head {
  rows: Read[];
  /** As its records themselves show, where they were read. */
  reading?: Reading | undefined;
}

/** The first rows of a file under its choices: its head goes the way of a whole log, so that what is shown is what is read. */
export async function preview(file: FileToOpen, tempFolder: string, signal: AbortSignal): Promise<Preview> {
  const sample = await headOf(file);
  const { format, reading } = readAs(sample, file.choices ?? {}, file.name);
  const short = sample.text.slice(0, READ_CHARACTERS);
  const lastEnd = short.lastIndexOf('\n');
  const text = short.length < sample.text.length && lastEnd > 0 ? short.slice(0, lastEnd + 1) : short;
  const columns = reading.columns.length > 0 ? reading.columns : ['line'];
  const read: Head = format
    ? await readRows(file, text, tempFolder, signal)
    : { rows: bareRows(sample, reading.header === true) };
  const delimiters = format?.cut.by === 'csv' ? [format.cut.delimiter] : [',', ';', '\t'];
  return {
    format: format?.title ?? null,
    recognisedBy: format?.because ?? '',
    reading: read.reading ?? reading,
    columns,
    rows: read.rows.map(({ row, text: own }) => ({ ...row, cells: cellsOf(own, columns, delimiters) })),
  };
}

async function readRows(file: FileToOpen, text: string, tempFolder: string, signal: AbortSignal): Promise<Head> {
  const folder = await makeFolderIn(tempFolder, 'preview-');
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
      const ordinals = found.map((cells) => Number(cells[0]));
      const raws = await log.raw(0, ordinals, signal);
      const rows = found.map((cells, index) => ({
        row: rowOf(log.lineOf(0, ordinals[index] ?? 0), cells),
        text: raws[index]?.raw ?? '',
      }));
      const rejected = (await log.rejected({ offset: 0, limit: PREVIEW_ROWS })).rows;
      const known = new Set(rows.map(({ row }) => row.line));
      const others = rejected
        .filter(({ line }) => !known.has(line))
        .map(({ line, reason, raw }) => ({ row: bareRow(line, reason), text: raw ?? '' }));
      const all = [...rows, ...others].toSorted((a, b) => (a.row.line ?? 0) - (b.row.line ?? 0));
      return { rows: all.slice(0, PREVIEW_ROWS), reading: log.summary.inputs[0]?.reading };
    } finally {
      await log.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function rowOf(line: number | null, [, outcome, time, action, user, ip, sessionId]: Cell[]): Row {
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

function bareRow(line: number | null, outcome: string | null): Row {
  return { ...rowOf(line, []), outcome };
}

/** Rows of which nobody knows yet what they mean. */
function bareRows(sample: Sample, hasHeader: boolean): Read[] {
  const json = jsonSampleOf(sample);
  // values that go over lines, or share one: their lines are known once they are read
  if (json?.cut.by === 'json')
    return json.values.slice(0, PREVIEW_ROWS).map((text) => ({ row: bareRow(null, null), text }));
  const { lines } = sample;
  return lines
    .map((text, index) => ({ text, line: index + 1 }))
    .filter(({ text, line }) => text.trim() !== '' && !(hasHeader && line === 1))
    .slice(0, PREVIEW_ROWS)
    .map(({ line }) => ({ row: bareRow(line, null), text: lines.slice(line - 1, line - 1 + LINES_A_ROW).join('\n') }));
}

function cellsOf(text: string, columns: string[], delimiters: readonly string[]): string[] {
  const short = (cell: string): string => cell.slice(0, CELL_CHARACTERS);
  const [first = ''] = text.split('\n', 1);
  if (columns.length === 1) return [short(first)];
  const object = objectOf(text) ?? objectOf(first);
  if (object) {
    const { deep } = jsonTable([object]);
    const values = columns.map((name) => valueOf(object, deep?.get(name) ?? [name]));
    return values.map((value) => short(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')));
  }
  const rows = delimiters.map((delimiter) => parseRows(text, delimiter, 1)[0] ?? []);
  return (rows.find((row) => row.length === columns.length) ?? [first]).map(short);
}
