import type { Params, Result } from '../../shared/contract';
import { timesIn } from '../../shared/zone-offset';
import { RAW_PROBLEM_WORDS, writtenAsJson } from '../../shared/words';
import type { RawRecord } from '../evidence/raw-records';
import { numberOf, textOf } from '../lists/cells';
import { rawsOf } from '../lists/evidence';
import type { RecordSource } from '../lists/evidence';
import { shownFindings } from '../lists/findings';
import { pageOf } from '../lists/ordered';
import type { Order } from '../lists/ordered';
import { sqlStep, sqlSteps } from '../sql';
import { pieceOf, placeOf } from './pieces';
import text from './records.sql?raw';

const steps = sqlSteps(text);
/** A record may be 64 kB long. */
const RECORDS_A_PIECE = 500;
const COLUMNS = [
  'File',
  'Line',
  'Byte',
  'Time',
  'Action',
  'DstUserName',
  'SrcIpAddr',
  'SessionId',
  'FindingId',
  'Record',
  'Problem',
] as const;

/**
 * `export.records` of the contract: the text of each record as it stands in its file, and where that is. Where the text is
 * not whole, or not to be had, `Problem` says why. In the order of the files, so that each is read once.
 */
export async function exportRecords(
  log: RecordSource,
  { cursor, raw, user, timeZone, ...query }: Params<'export.records'>,
  signal?: AbortSignal,
): Promise<Result<'export.records'>> {
  const written = timesIn(timeZone);
  const order = user === undefined ? ofFindings(query) : ofUser(user);
  const window = { offset: placeOf(cursor), limit: RECORDS_A_PIECE };
  const page = await pageOf(log.database, order, sqlStep(steps, 'rows'), window, signal);
  const places = page.rows.map((row) => ({ file: numberOf(row[0]), ordinal: numberOf(row[1]) }));
  const raws = await rawsOf(log, places, signal);
  const rows = page.rows.map((row, index) => {
    const { file = 0, ordinal = 0 } = places[index] ?? {};
    const record = raws[index];
    return [
      log.files[file]?.name ?? '',
      log.lineOf(file, ordinal),
      record?.offset ?? '',
      written(numberOf(row[2])),
      textOf(row[3]),
      textOf(row[4]),
      textOf(row[5]),
      row[6] === null ? '' : textOf(row[6]),
      textOf(row[7]),
      record?.raw ?? '',
      problemOf(record, log.files[file]?.packing),
    ];
  });
  return pieceOf({ columns: COLUMNS, rows, total: page.total, generation: page.generation }, cursor, raw);
}

/** Why the text is not there, is not whole, or is none of the file's own. */
function problemOf(record: RawRecord | undefined, packing: string | undefined): string {
  if (record?.problem) return RAW_PROBLEM_WORDS[record.problem];
  const written = packing === undefined ? [] : [writtenAsJson(packing)];
  return [...written, ...(record?.isCut ? ['only the first 64 kB of it'] : [])].join(', ');
}

function ofFindings(query: Omit<Params<'export.records'>, 'cursor' | 'raw' | 'user' | 'timeZone'>): Order {
  const { shown, values } = shownFindings(query);
  return { matching: `with ${shown}\n${sqlStep(steps, 'of-findings')}`, values, by: 'row_id' };
}

function ofUser(user: string): Order {
  return { matching: sqlStep(steps, 'of-user'), values: { user }, by: 'row_id' };
}
