import { describe, expect, test } from 'vitest';
import { bulkLog, hotLog } from './generate';
import { zpaEventCsv } from './zpa-event-csv';

const options = { records: 5000, users: 400, seed: 7 };
const linesOf = (pieces: Iterable<string>): string[] => [...pieces].join('').trimEnd().split('\n');

interface Activity {
  Username: string;
  SessionID: string;
  ClientPublicIP: string;
  ConnectionStatus?: string;
  TimestampConnectionStart: string;
  TimestampConnectionEnd: string;
}
const activities = (lines: readonly string[]): Activity[] =>
  lines.map((line) => JSON.parse(line) as Activity).filter((record) => record.ConnectionStatus !== undefined);

describe('bulkLog', () => {
  test('gives exactly the records and users that are asked for', () => {
    const lines = linesOf(bulkLog(options));
    expect(lines).toHaveLength(5000);
    expect(new Set(activities(lines).map((record) => record.Username)).size).toBe(400);
  });

  test('gives the same bytes for the same seed, and others for another', () => {
    expect(linesOf(bulkLog(options))).toEqual(linesOf(bulkLog(options)));
    expect(linesOf(bulkLog(options))).not.toEqual(linesOf(bulkLog({ ...options, seed: 8 })));
  });

  test('writes the columns of its header in every CSV row', () => {
    const [header, ...rows] = linesOf(bulkLog({ ...options, shape: zpaEventCsv }));
    expect(rows).toHaveLength(5000);
    const columns = header!.split(',').length;
    for (const row of rows) expect(row.replaceAll(/"[^"]*"/g, 'quoted').split(',')).toHaveLength(columns);
  });
});

describe('hotLog', () => {
  test('gives one user all sessions, none of which begins before the one before has ended', () => {
    const records = activities(linesOf(hotLog({ ...options, users: 1, sessions: 100 })));
    expect(records).toHaveLength(5000);
    expect(new Set(records.map((record) => record.SessionID)).size).toBe(100);
    expect(new Set(records.map((record) => record.Username)).size).toBe(1);
    const closes = records.filter((record) => record.ConnectionStatus === 'close');
    for (const [i, close] of closes.entries()) {
      const next = closes[i + 1];
      if (!next) continue;
      expect(next.TimestampConnectionStart > close.TimestampConnectionEnd).toBe(true);
      expect(next.ClientPublicIP).not.toBe(close.ClientPublicIP);
    }
  });

  test('spreads the same sessions over many users', () => {
    const records = activities(linesOf(hotLog({ ...options, users: 100, sessions: 100 })));
    expect(new Set(records.map((record) => record.Username)).size).toBe(100);
    expect(new Set(records.map((record) => record.SessionID)).size).toBe(100);
  });
});
