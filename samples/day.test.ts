import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
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
});
