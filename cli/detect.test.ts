/** The command as a user runs it: the built program in a process of its own. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, expect, test } from 'vitest';
import { projectRoot } from './project-root';

const root = projectRoot();
const folder = mkdtempSync(join(tmpdir(), 'detect-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const CLI = join(root, 'dist/node/cli.js');
const SAMPLE = join(root, 'samples/day.ndjson');

const SAMPLE_LINES = readFileSync(SAMPLE, 'utf8').split('\n');
const textOf = (line: number): string | undefined => SAMPLE_LINES[line - 1];
const offsetOf = (line: number): number => Buffer.byteLength(SAMPLE_LINES.slice(0, line - 1).join('\n')) + 1;
const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

function doppel(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const temp = mkdtempSync(join(folder, 'temp-'));
  const options = { encoding: 'utf8', env: { ...process.env, TMPDIR: temp }, maxBuffer: 1 << 26 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], options);
  expect(readdirSync(temp), 'nothing is left in the temp folder').toEqual([]);
  return { status, stdout, stderr };
}

test('JSON has the promised shape, and its numbers add up', () => {
  const { status, stdout } = doppel('detect', SAMPLE, '--format', 'json', '--min-overlap', '30m');
  expect(status).toBe(0);
  const result = JSON.parse(stdout);
  expect(Object.keys(result)).toEqual([
    'schema',
    'made',
    'shown',
    'rule',
    'inputs',
    'totals',
    'findings',
    'overlaps',
    'rejected',
  ]);
  expect(result.schema).toBe('doppel.findings/1');
  expect(result.rule.parameters).toEqual({
    idleGap: '4h',
    minOverlap: '30m',
    openSessions: 'last-seen',
    from: null,
    to: null,
  });
  const [input] = result.inputs;
  const setAside = Object.values<number>(input.setAside).reduce((sum, count) => sum + count, 0);
  expect(input.records).toBe(input.events + setAside + input.rejected);
  expect(input.path).toBe(SAMPLE);
  expect(result.findings).toHaveLength(result.totals.findings);
  expect(result.overlaps).toHaveLength(result.totals.overlaps);
  expect(result.rejected).toEqual([
    { path: SAMPLE, line: 1574, offset: offsetOf(1574), reason: 'not valid JSON', text: textOf(1574), isCut: false },
    { path: SAMPLE, line: 1575, offset: offsetOf(1575), reason: 'not valid JSON', text: textOf(1575), isCut: false },
  ]);
  for (const { firstOverlap } of result.findings) expect(firstOverlap).toMatch(/^2026-03-02T\d\d:\d\d:\d\d\.\d{3}Z$/);
});

test('no findings come with why: the time that was looked at, and files without an event by what they hold instead', () => {
  const tomorrow = doppel('detect', SAMPLE, '--from', '2026-03-05T00:00:00Z');
  expect(tomorrow.stdout).toContain('The log has nothing in that time: its events are from 2026-03-02T');
  const failed = join(folder, 'failed.ndjson');
  const record = { LogTimestamp: 'Mon Mar  2 08:15:03 2026', Username: 'u', PublicIP: '198.51.100.9' };
  writeFileSync(failed, `${JSON.stringify({ ...record, SessionStatus: 'ZPN_STATUS_AUTH_FAILED' })}\noops\n`);
  expect(doppel('detect', failed).stdout).toContain(
    'failed.ndjson: none of its 2 records says where a user was: 1 authentication failed, 1 rejected.',
  );
});

test('--out writes what stdout would have had, and leaves nothing else', () => {
  const out = join(folder, 'overlaps.csv');
  expect(doppel('detect', SAMPLE, '--format', 'csv', '--out', out)).toMatchObject({ status: 0, stdout: '' });
  expect(readFileSync(out, 'utf8')).toBe(doppel('detect', SAMPLE, '--format', 'csv').stdout);
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('what cannot be done is one clear line and leaves no output', () => {
  writeFileSync(join(folder, 'notes.txt'), 'nothing of ZPA\n');
  mkdirSync(join(folder, 'nothing'));
  const out = join(folder, 'none.csv');
  for (const file of ['missing.ndjson', 'no*match', 'notes.txt', 'nothing']) {
    const { status, stdout, stderr } = doppel('detect', join(folder, file), '--out', out);
    expect([status, stdout, existsSync(out)]).toEqual([1, '', false]);
    expect(stderr).toMatch(/^doppel: .*\n$/);
    expect(stderr).not.toContain('    at ');
  }
});

test('wrong usage ends with 2', () => {
  expect(doppel('detect').status).toBe(2);
  expect(doppel('detect', SAMPLE, '--idle-gap', 'soon').status).toBe(2);
  expect(doppel('frobnicate').status).toBe(2);
});

test('a reader that goes away ends it without an error', () => {
  const piped = spawnSync(
    'sh',
    ['-c', `"${process.execPath}" "${CLI}" detect "${SAMPLE}" --format json | head -c 10`],
    { encoding: 'utf8' },
  );
  expect(piped.stdout).toBe('{"schema":');
  expect(piped.stderr).not.toContain('EPIPE');
});

test('--manifest says what the result rests on, and holds its SHA-256', () => {
  const out = join(folder, 'with-manifest.csv');
  const manifest = join(folder, 'with-manifest.json');
  const { status } = doppel(
    'detect',
    SAMPLE,
    '--format',
    'csv',
    '--out',
    out,
    '--manifest',
    manifest,
    '--min-overlap',
    '30m',
  );
  expect(status).toBe(0);
  const written = JSON.parse(readFileSync(manifest, 'utf8'));
  expect(written).toMatchObject({
    schema: 'doppel.manifest/1',
    file: { name: 'with-manifest.csv', bytes: statSync(out).size, sha256: sha256(out) },
    made: { by: userInfo().username, timeZone: 'UTC' },
    shown: { kind: 'overlaps', filter: null },
    rule: { parameters: { minOverlap: '30m' } },
    inputs: [{ path: SAMPLE, bytes: statSync(SAMPLE).size, sha256: sha256(SAMPLE), records: 3433, rejected: 2 }],
  });
  expect(written.made.engine).toMatch(/^DuckDB v/);
});

test('--evidence writes the records of one user as they stand in the file, flagged or not', () => {
  const lines = readFileSync(SAMPLE, 'utf8').split('\n');
  const { stdout } = doppel('detect', SAMPLE, '--format', 'json', '--evidence', 'Helene.Faure@alder.example');
  const { schema, records } = JSON.parse(stdout);
  expect(schema).toBe('doppel.records/1');
  expect(records.length).toBeGreaterThan(20);
  expect(records.filter(({ line, raw }: { line: number; raw: string }) => raw !== lines[line - 1])).toHaveLength(0);
  const { stdout: csv } = doppel('detect', SAMPLE, '--format', 'csv', '--evidence', 'helene.faure@alder.example');
  const { data } = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true });
  const numbers = data.map(({ Line }) => Number(Line));
  expect(numbers).toEqual(records.map(({ line }: { line: number }) => line).toSorted((a: number, b: number) => a - b));
  expect(data.filter(({ Line, Record: text }) => text !== lines[Number(Line) - 1])).toHaveLength(0);
  expect(doppel('detect', SAMPLE, '--evidence', 'helene.faure@alder.example').stdout.split('\n')).toHaveLength(
    2 * records.length + 1,
  );
  expect(doppel('detect', SAMPLE, '--evidence', 'nobody')).toMatchObject({ status: 1, stdout: '' });
});
