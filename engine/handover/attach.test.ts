import { appendFileSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import type { FindingsFilter } from '../../shared/findings-filter';
import { channelPair } from '../../shared/channel';
import { connect, serve } from '../../shared/rpc';
import type { Client } from '../../shared/rpc';
import { createEngine } from '../handlers';
import type { Engine } from '../handlers';
import { MadeFiles } from '../ingest/made-log';

const SAMPLE = join(import.meta.dirname, '../../samples/day.ndjson');
const PARAMETERS = { ...DEFAULT_PARAMETERS, minOverlapMs: 60_000 };
const made = new MadeFiles();
let engine: Engine;
let client: Client;

beforeAll(async () => {
  const tempFolder = join(made.folder, 'engine');
  mkdirSync(tempFolder);
  engine = createEngine({ tempFolder });
  const [here, there] = channelPair();
  serve(there, engine.handlers);
  client = connect(here, { check: true });
  copyFileSync(SAMPLE, join(made.folder, 'day.ndjson'));
  await client.call('log.open', { files: await grant('day.ndjson') });
  await client.call('detection.run', { parameters: PARAMETERS });
  await fetchTo('case.doppel');
});
afterAll(async () => {
  client.close();
  await engine.close();
  await made.remove();
});

async function grant(...names: string[]): Promise<string[]> {
  const handles = await engine.offer(names.map((name) => ({ path: join(made.folder, name), name })));
  return handles.map(({ id }) => id);
}

/** As the page does it. */
async function fetchTo(name: string, filter?: FindingsFilter): Promise<void> {
  const { id, bytes } = await client.call('handover.write', { case: null, ...(filter && { filter }) });
  const pieces: Uint8Array[] = [];
  for (let offset = 0; offset < bytes;) {
    const piece = await client.call('handover.piece', { id, offset });
    pieces.push(piece.bytes);
    offset += piece.bytes.length;
  }
  await client.call('handover.drop', { id });
  await expect(client.call('handover.piece', { id, offset: 0 })).rejects.toMatchObject({ code: 'unknown-file' });
  writeFileSync(join(made.folder, name), Buffer.concat(pieces));
}

test('without the log, what needs all of it is refused, and says what to do', async () => {
  const summary = await client.call('log.open', { files: await grant('case.doppel') });
  expect(summary.handedOver).toMatchObject({ name: 'case.doppel', isAttached: false });
  expect((await client.call('log.state', {})).detection?.parameters).toEqual(PARAMETERS);
  const other = client.call('detection.run', { parameters: DEFAULT_PARAMETERS });
  await expect(other).rejects.toMatchObject({
    code: 'log-needed',
    message: expect.stringContaining('Attach') as string,
  });
  await expect(client.call('rule.compare', {})).rejects.toMatchObject({ code: 'log-needed' });
  expect(await client.call('detection.run', { parameters: PARAMETERS })).toMatchObject({ findings: 5 });
});

test('another log, a grown one or one too many is not attached, and the difference is told', async () => {
  copyFileSync(SAMPLE, join(made.folder, 'grown.ndjson'));
  appendFileSync(join(made.folder, 'grown.ndjson'), '\n');
  const grown = await client.call('log.attach', { files: await grant('grown.ndjson') });
  expect(grown.log).toBeNull();
  expect(grown.differences).toEqual([
    expect.stringMatching(/^day\.ndjson is not among them \([\d,]+ bytes with SHA-256 ba9d6fdf/),
    'grown.ndjson is none of the files that were handed over.',
  ]);
  mkdirSync(join(made.folder, 'other'));
  copyFileSync(join(made.folder, 'grown.ndjson'), join(made.folder, 'other/day.ndjson'));
  const [id = ''] = (await engine.offer([{ path: join(made.folder, 'other/day.ndjson'), name: 'day.ndjson' }])).map(
    (handle) => handle.id,
  );
  const other = await client.call('log.attach', { files: [id] });
  expect(other.differences).toEqual([
    expect.stringMatching(/^day\.ndjson is another file: it has .* handed over were /),
  ]);
  expect((await client.call('log.state', {})).log?.handedOver?.isAttached).toBe(false);
});

test('the log itself is attached, and everything works again, with the settings of then', async () => {
  const attached = await client.call('log.attach', { files: await grant('day.ndjson') });
  expect(attached.differences).toEqual([]);
  expect(attached.detection).toMatchObject({ parameters: PARAMETERS, findings: 5 });
  expect(attached.log?.handedOver?.isAttached).toBe(true);
  expect(attached.log?.warnings).toEqual([]);
  expect(await client.call('detection.run', { parameters: DEFAULT_PARAMETERS })).toMatchObject({ findings: 5 });
  const again = client.call('log.attach', { files: await grant('day.ndjson') });
  await expect(again).rejects.toMatchObject({ code: 'nothing-open' });
});

test('the log of a selection is attached too, and then all flagged users are there', async () => {
  await fetchTo('part.doppel', { text: 'mara' });
  const summary = await client.call('log.open', { files: await grant('part.doppel') });
  expect(summary.handedOver?.outOf?.findings).toBe(5);
  expect((await client.call('findings.page', { offset: 0, limit: 10 })).total).toBe(1);
  const attached = await client.call('log.attach', { files: await grant('day.ndjson') });
  expect(attached.detection?.findings).toBe(5);
  expect(attached.log?.warnings).toEqual([]);
});

test('a hand-over file among others is refused', async () => {
  const both = client.call('log.open', { files: await grant('day.ndjson', 'case.doppel') });
  await expect(both).rejects.toMatchObject({ code: 'bad-params' });
});
