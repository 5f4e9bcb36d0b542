import { expect, test } from 'vitest';
import { channelPair } from '../../../shared/channel';
import type { EvidenceRecord } from '../../../shared/evidence';
import { connect, serve } from '../../../shared/rpc';
import type { Client, Handlers } from '../../../shared/rpc';
import { COPIED_MOST, textOfAll, textWords } from './record-texts';

const record = (line: number, part: Partial<EvidenceRecord> = {}): EvidenceRecord => ({
  file: 'day.ndjson',
  line,
  offset: null,
  raw: `{"n":${line}}`,
  isCut: false,
  problem: null,
  writtenFrom: null,
  time: 0,
  action: 'active',
  SrcIpAddr: '198.51.100.1',
  sessionId: null,
  ...part,
});

function engineWith(records: readonly EvidenceRecord[]): Client {
  const [page, engine] = channelPair();
  const handlers: Partial<Handlers> = {
    'evidence.page': ({ offset, limit }) => ({ total: records.length, rows: records.slice(offset, offset + limit) }),
  };
  serve(engine, handlers as Handlers); // nothing else is called
  return connect(page);
}
const of = { user: 'ann' };

test('all records are given in order, of very many the first', async () => {
  expect(await textOfAll(engineWith([record(1), record(2)]), of)).toBe('{"n":1}\n{"n":2}');
  const many = Array.from({ length: COPIED_MOST + 300 }, (_, index) => record(index + 1));
  const lines = (await textOfAll(engineWith(many), of)).split('\n');
  expect([lines.length, lines.at(-1)]).toEqual([COPIED_MOST, `{"n":${COPIED_MOST}}`]);
});

test.each<[Partial<EvidenceRecord>, string]>([
  [{ isCut: true }, 'day.ndjson, line 2 is longer than 64 kB'],
  [{ raw: null, problem: 'file-changed' }, 'day.ndjson, line 2: The file is no longer what it was'],
])('one that cannot be given whole (%j) is named, with the reason', async (part, message) => {
  await expect(textOfAll(engineWith([record(1), record(2, part)]), of)).rejects.toThrow(message);
});

test('whose words the text is, is said', () => {
  const own = { writtenFrom: null };
  const row = { writtenFrom: 'Parquet' };
  expect(textWords([own])).toBe('as in the file');
  expect(textWords([row, row])).toMatch(/^each row written as JSON .*Parquet/);
  expect(textWords([own, row])).toMatch(/^as in the file, rows of Parquet written/);
});
