import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPromise } from 'yauzl';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import type { DetectionSummary } from '../../shared/domain';
import type { JournalRecord } from '../../shared/handed-over';
import { Database } from '../db';
import { detect } from '../detect/detect';
import { DoppelError } from '../../shared/errors';
import { MadeFiles } from '../ingest/made-log';
import type { Log } from '../ingest/open-log';
import { evidencePage } from '../lists/evidence';
import { findingsPage } from '../lists/findings';
import { overlapsPage } from '../lists/overlaps';
import { segmentsPage } from '../lists/segments';
import { timelineOf } from '../lists/timeline';
import { madeZip } from '../sources/made-zip';
import { openHandover } from './read';
import { isHandover } from './unpack';
import { writeHandover } from './write';

const SAMPLE = join(import.meta.dirname, '../../samples/day.ndjson');
const ALL = { offset: 0, limit: 1000 };
const DECISION: JournalRecord = {
  id: '0b8f3f0e-5c4b-4b59-9a26-0d6b0f2a7c11',
  author: 'ann',
  finding: 'f',
  set: { status: 'in progress' },
};

const made = new MadeFiles();
let log: Log;
let detection: DetectionSummary;
let path: string;
let whole: Buffer;
beforeAll(async () => {
  log = await made.open([SAMPLE]);
  detection = await detect(log.database, DEFAULT_PARAMETERS);
  path = join(made.folder, 'case.doppel');
  const from = { id: 'c', name: 'Default' };
  const options = { path, case: from, decisions: [DECISION], signal: undefined, progress: () => undefined };
  await writeHandover(log, detection, options);
  whole = readFileSync(path);
});
afterAll(() => made.remove());

const opened = (at: string) =>
  openHandover({ path: at, name: 'case.doppel' }, { folder: join(made.folder, 'opened'), signal: undefined });

test('what is handed over is opened without the log, and says the same of every flagged user', async () => {
  expect(await isHandover(path)).toBe(true);
  expect(await isHandover(SAMPLE)).toBe(false);
  const handed = await opened(path);
  try {
    expect(handed.detection).toEqual(detection);
    expect(handed.decisions).toEqual([DECISION]);
    expect(handed.log.summary.inputs[0]?.sha256).toBe(log.summary.inputs[0]?.sha256);
    expect(handed.log.summary.handedOver).toMatchObject({
      decisions: 1,
      withoutText: 0,
      authors: ['ann'],
      case: { name: 'Default' },
    });
    const { rows } = await findingsPage(log.database, ALL);
    expect((await findingsPage(handed.log.database, ALL)).rows).toEqual(rows);
    expect(await overlapsPage(handed.log.database, ALL)).toEqual(await overlapsPage(log.database, ALL));
    for (const { user } of rows) {
      expect(await segmentsPage(handed.log.database, { ...ALL, user })).toEqual(
        await segmentsPage(log.database, { ...ALL, user }),
      );
      expect(await timelineOf(handed.log.database, user)).toEqual(await timelineOf(log.database, user));
      const of = { of: { user }, offset: 0, limit: 200 };
      const records = await evidencePage(log, of);
      expect(records.total).toBeGreaterThan(20);
      expect(await evidencePage(handed.log, of)).toEqual(records);
    }
    expect((await handed.log.rejected({ offset: 0, limit: 10 })).rows).toEqual(
      (await log.rejected({ offset: 0, limit: 10 })).rows,
    );
  } finally {
    await handed.log.close();
  }
});

test('of a selection only these users, their records and the decisions about them leave the log', async () => {
  const { rows } = await findingsPage(log.database, ALL);
  const [first, second] = [rows[0]!, rows[1]!];
  const ids = [first.id, second.id];
  const [about, aboutOther] = [first.id, rows[2]!.id].map((finding) => ({ ...DECISION, finding }));
  const to = join(made.folder, 'part.doppel');
  const written = await writeHandover(log, detection, {
    path: to,
    case: null,
    decisions: [about!, aboutOther!],
    filter: { ids },
    signal: undefined,
    progress: () => undefined,
  });
  expect(written).toMatchObject({ findings: 2, decisions: 1 });
  const bytes = String(readFileSync(to, 'latin1'));
  expect(bytes).not.toContain(aboutOther!.finding);
  const handed = await opened(to);
  try {
    expect(handed.detection).toMatchObject({
      findings: 2,
      overlaps: first.overlapCount + second.overlapCount,
      users: detection.users,
    });
    expect(handed.log.summary.handedOver).toMatchObject({
      outOf: { findings: 5, overlaps: detection.overlaps },
      decisions: 1,
      records: written.records,
    });
    expect((await findingsPage(handed.log.database, ALL)).rows).toEqual([first, second]);
    expect((await handed.log.rejected({ offset: 0, limit: 10 })).rows).toEqual([]);
    const users = await handed.log.database.use(undefined, (connection) =>
      connection.rows(
        'select user_key from event union select user_key from segment union select user_key from presence union select user_key from overlap',
      ),
    );
    expect(users.map(String).toSorted()).toEqual([first.user, second.user].toSorted());
    const options = { case: null, decisions: handed.decisions, signal: undefined, progress: () => undefined };
    await writeHandover(handed.log, handed.detection, { ...options, path: join(made.folder, 'handed-on.doppel') });
  } finally {
    await handed.log.close();
  }
  const again = await opened(join(made.folder, 'handed-on.doppel'));
  expect(again.log.summary.handedOver?.outOf?.findings).toBe(5);
  await again.log.close();
});

test('a hand-over that is handed on has the same tables', async () => {
  const first = await opened(path);
  const again = join(made.folder, 'again.doppel');
  const { decisions } = first;
  await writeHandover(first.log, first.detection, {
    path: again,
    case: null,
    decisions,
    signal: undefined,
    progress: () => undefined,
  });
  await first.log.close();
  const entries = async (of: string): Promise<string[]> =>
    [...(await entriesOf(of))].flatMap(([name, bytes]) => (name.endsWith('.json') ? [] : [`${name} ${sha256(bytes)}`]));
  expect(await entries(again)).toEqual(await entries(path));
});

test('a file that is cut anywhere is refused in plain words', async () => {
  for (const part of [0.001, 0.3, 0.9, 0.999]) {
    const cut = made.write('cut.doppel', whole.subarray(0, Math.max(60, Math.floor(whole.length * part))));
    await expect(opened(cut)).rejects.toMatchObject({
      code: 'handover-damaged',
      message: expect.stringMatching(/^case\.doppel: .*Ask for it again/) as string,
    });
  }
});

test('a byte that has changed anywhere is noticed, or is one of the archive alone and changes nothing', async () => {
  const content = await contentOf(await opened(path));
  let noticed = 0;
  const others: unknown[] = [];
  for (let at = 100; at < whole.length - 700; at += Math.floor(whole.length / 12)) {
    const bytes = Buffer.from(whole);
    bytes[at] = (bytes[at] ?? 0) ^ 0x55;
    await opened(made.write('flipped.doppel', bytes)).then(
      async (handed) => others.push(await contentOf(handed)),
      (error: unknown) => {
        if (!(error instanceof DoppelError) || error.code !== 'handover-damaged') throw error;
        noticed += 1;
      },
    );
  }
  expect(noticed).toBeGreaterThan(8);
  expect(others).toEqual(others.map(() => content));
});

async function contentOf({ log: handed, ...rest }: Awaited<ReturnType<typeof opened>>): Promise<unknown[]> {
  await handed.close();
  return [rest.detection, rest.decisions, handed.summary.inputs.map(({ sha256: hash }) => hash)];
}

test('a forged file whose hashes are right is still checked', async () => {
  const forge = async (change: (entries: Map<string, Buffer>) => void): Promise<string> => {
    const entries = await entriesOf(path);
    change(entries);
    return made.write('forged.doppel', zipOf(entries));
  };
  const contents = (entries: Map<string, Buffer>, change: (contents: Record<string, unknown>) => void): void => {
    const parsed = JSON.parse(String(entries.get('contents.json')));
    change(parsed);
    entries.set('contents.json', Buffer.from(JSON.stringify(parsed)));
  };
  const refused = async (change: (entries: Map<string, Buffer>) => void, message: RegExp): Promise<void> => {
    await expect(opened(await forge(change))).rejects.toMatchObject({
      message: expect.stringMatching(message) as string,
    });
  };
  await refused((entries) => entries.set('evil.sh', Buffer.from('x')), /an entry in it that no hand-over has/);
  await refused((entries) => entries.delete('finding.parquet'), /finding\.parquet is missing/);
  await refused(
    (entries) => entries.set('event.parquet', entries.get('segment.parquet')!),
    /number of rows|cannot be read/,
  );
  await refused((entries) => entries.set('overlap.parquet', Buffer.from('PAR1 and no more')), /cannot be read/);
  await refused((entries) => entries.set('decisions.jsonl', Buffer.from('{"id": 1}\n')), /decisions\.jsonl/);
  await refused(
    (entries) => contents(entries, (each) => (each.schema = 'doppel.handover/9')),
    /another version of Doppel/,
  );
  await refused(
    (entries) => contents(entries, (each) => (each.detection = { ...detection, findings: 4 })),
    /number of findings/,
  );
  await refused((entries) => contents(entries, (each) => (each.log = { inputs: [] })), /not as it should be/);
  // findings of one file with the records of another: its users are not theirs
  const other = await otherHandover();
  await refused(
    (entries) => entries.set('finding.parquet', other.get('finding.parquet')!),
    /number of|do not hold together/,
  );
});

test('a small file that unpacks to more than any case does is refused before it is unpacked', async () => {
  const entries = await entriesOf(path);
  const [from, to] = [made.write('event.parquet', entries.get('event.parquet')!), join(made.folder, 'bomb.parquet')];
  const database = await Database.open({ readable: [from, to], spillFolder: made.folder, memoryLimit: '1GB' });
  const rows = await database.use(undefined, async (connection) => {
    await connection.run(
      `copy (select * replace (repeat('x', 60000) as raw) from read_parquet($from) cross join range(50))
       to $to (format parquet, compression zstd, use_tmp_file false)`,
      { from, to },
    );
    return (await connection.row('select count(*) from read_parquet($to)', { to }))[0];
  });
  database.close();
  entries.set('event.parquet', readFileSync(to));
  const contents = JSON.parse(String(entries.get('contents.json')));
  contents.entries.find(({ name }: { name: string }) => name === 'event.parquet').rows = rows;
  entries.set('contents.json', Buffer.from(JSON.stringify(contents)));
  const bomb = made.write('bomb.doppel', zipOf(entries));
  expect(readFileSync(bomb).length).toBeLessThan(5_000_000);
  await expect(opened(bomb)).rejects.toMatchObject({ code: 'unpacks-too-far' });
});

test('one that is cancelled leaves no file', async () => {
  const abort = new AbortController();
  const to = join(made.folder, 'cancelled.doppel');
  const options = { path: to, case: null, decisions: [], signal: abort.signal, progress: () => abort.abort() };
  await expect(writeHandover(log, detection, options)).rejects.toMatchObject({ code: 'cancelled' });
  expect(existsSync(to)).toBe(false);
});

async function otherHandover(): Promise<Map<string, Buffer>> {
  const lines = readFileSync(SAMPLE, 'utf8').replaceAll('alder.example', 'elder.example');
  const second = await made.open([made.write('elder.ndjson', lines)]);
  const at = join(made.folder, 'elder.doppel');
  const found = await detect(second.database, DEFAULT_PARAMETERS);
  await writeHandover(second, found, {
    path: at,
    case: null,
    decisions: [],
    signal: undefined,
    progress: () => undefined,
  });
  return entriesOf(at);
}

async function entriesOf(at: string): Promise<Map<string, Buffer>> {
  const zip = await openPromise(at);
  const entries = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) {
    const pieces: Uint8Array[] = [];
    for await (const piece of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Uint8Array>) pieces.push(piece);
    entries.set(entry.fileName, Buffer.concat(pieces));
  }
  return entries;
}

/** A zip whose contents name the hashes and the sizes of what is in it. */
function zipOf(entries: Map<string, Buffer>): Buffer {
  const contents = JSON.parse(String(entries.get('contents.json')));
  for (const said of contents.entries) {
    const bytes = entries.get(said.name);
    if (bytes) Object.assign(said, { bytes: bytes.length, sha256: sha256(bytes) });
  }
  entries.set('contents.json', Buffer.from(JSON.stringify(contents)));
  return madeZip([...entries].map(([name, content]) => ({ name, content }))).bytes;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
