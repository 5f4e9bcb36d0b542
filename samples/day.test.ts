import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { detect } from '../engine/detect/detect';
import { openLog } from '../engine/ingest/open-log';
import { makeTempFolder } from '../engine/temp-folder';
import { DEFAULT_PARAMETERS } from '../shared/domain';
import { account, BERLIN_PEOPLE, LYON_PEOPLE } from './cast';
import { INTERESTING, LOOKALIKES, SAMPLE_SEED, sampleDay } from './day';

const day = sampleDay(SAMPLE_SEED);
const lines = day.trimEnd().split('\n');
const parsed = lines.flatMap((line) => {
  try {
    return [JSON.parse(line) as Record<string, unknown>]; // the generator writes objects only
  } catch {
    return [];
  }
});

describe('the sample day', () => {
  test('is the file that is committed', () => {
    expect(readFileSync(join(import.meta.dirname, 'day.ndjson'), 'utf8') === day).toBe(true);
  });

  test('has two broken lines, and records of every kind that its summary should show', () => {
    expect(lines.length - parsed.length).toBe(2);
    expect(parsed.filter((record) => 'ConnectionStatus' in record).length).toBeGreaterThan(1500);
    expect(parsed.filter((record) => 'SessionStatus' in record && 'Username' in record).length).toBeGreaterThan(1000);
    expect(parsed.filter((record) => 'ConnectorGroup' in record)).toHaveLength(12);
    expect(parsed.filter((record) => 'AuditOperationType' in record)).toHaveLength(2);
    expect(parsed.filter((record) => record.SessionStatus === 'ZPN_STATUS_AUTH_FAILED')).toHaveLength(3);
  });

  test('tells of everybody in the cast and of the service identity', () => {
    const told = new Set(
      parsed.flatMap(({ Username }) => (typeof Username === 'string' ? [Username.toLowerCase()] : [])),
    );
    const cast = [...BERLIN_PEOPLE, ...LYON_PEOPLE].map(account);
    expect([...told].toSorted()).toEqual([...cast, 'zpa lss client'].toSorted());
    for (const name of [...INTERESTING, ...LOOKALIKES]) expect(told).toContain(account(name));
  });

  test('uses addresses of the documentation ranges only', () => {
    const documentation = /^(::ffff:)?(192\.0\.2|198\.51\.100|203\.0\.113)\.\d{1,3}$|^2001:db8:/;
    const addresses = parsed.flatMap((record) =>
      [record.ClientPublicIP, record.PublicIP].filter((ip) => ip !== undefined),
    );
    expect(addresses.length).toBeGreaterThan(3000);
    expect(addresses.filter((ip) => typeof ip !== 'string' || !documentation.test(ip))).toEqual([]);
  });

  test('has exactly five findings: the interesting ones, and nobody who only looks like it', async () => {
    const folder = await makeTempFolder();
    const log = await openLog([{ path: join(import.meta.dirname, 'day.ndjson'), name: 'day.ndjson' }], {
      tempFolder: folder.path,
    });
    try {
      const { orphanCloses, overlaps, users } = await detect(log.database, DEFAULT_PARAMETERS);
      expect({ orphanCloses, overlaps, users }).toEqual({ orphanCloses: 1, overlaps: 9, users: 41 });
      const rows = await log.database.use(undefined, (connection) =>
        connection.rows(
          'select user_key, distinct_ips, max_concurrent_ips, overlap_ms // 1000 from finding order by 1',
        ),
      );
      expect(rows).toEqual([
        ['elif.demir@alder.example', 3, 3, 4183],
        ['jonas.weber@alder.example', 2, 2, 5655],
        ['mara.lindqvist@alder.example', 2, 2, 42 * 60],
        ['priya.raman@alder.example', 2, 2, 2435],
        ['tomas.okafor@alder.example', 2, 2, 2670],
      ]);
      expect(log.summary).toMatchObject({ records: 3433, events: 3414, rejected: 2 });
      expect(log.summary.inputs[0]?.setAside).toEqual({ 'connector-status': 12, audit: 2, 'auth-failed': 3 });
    } finally {
      await log.close();
      await folder.remove();
    }
  });
});
