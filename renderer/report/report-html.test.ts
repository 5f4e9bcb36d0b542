import { expect, test } from 'vitest';
import { DEFAULT_PARAMETERS } from '../../shared/domain';
import { madeInput } from '../import/made-input';
import type { ReportAbout } from './Report';
import type { ReportFinding } from './gather';
import { findingHtml, reportEnd, reportHead } from './report-html';

const HOSTILE = '<img src=x onerror=alert(1)>\u202E';
const AT = Date.parse('2026-03-02T09:00:00Z');

const about: ReportAbout = {
  at: AT,
  shown: { kind: 'report', rows: 1, query: { filter: { text: HOSTILE } } },
  run: {
    info: { version: '1.2.3', engine: 'DuckDB', pid: 1, user: HOSTILE },
    log: {
      inputs: [
        madeInput({
          name: HOSTILE,
          path: HOSTILE,
          sha256: 'ab'.repeat(32),
          records: 3,
          events: 2,
          setAside: { audit: 1 },
        }),
      ],
      records: 3,
      events: 2,
      rejected: 0,
      orphanCloses: 0,
      duplicates: 0,
      warnings: [],
      coverageGaps: [],
      firstEvent: AT,
      lastEvent: AT + 3_600_000,
    },
    detection: {
      parameters: DEFAULT_PARAMETERS,
      users: 1,
      segments: 2,
      findings: 1,
      overlaps: 1,
      orphanCloses: 0,
      cappedUsers: 0,
      whyNone: [],
    },
  },
};

const finding: ReportFinding = {
  finding: {
    id: 'f1',
    user: 'ann',
    DstUserName: HOSTILE,
    distinctIps: 2,
    maxConcurrentIps: 2,
    overlapCount: 1,
    overlapSeconds: 1800,
    firstOverlap: AT,
    lastOverlap: AT + 1_800_000,
    countries: ['DE'],
  },
  decided: {
    finding: 'f1',
    status: 'closed',
    verdict: 'true positive',
    assignee: null,
    tags: ['vpn'],
    notes: [{ id: 'n', text: `${HOSTILE} called`, author: 'ann', ts: AT }],
    changedAt: AT,
    changedBy: 'ann',
  },
  timeline: {
    user: 'ann',
    DstUserName: HOSTILE,
    lanes: [
      { SrcIpAddr: '198.51.100.7', countries: ['DE'], network: 'public' },
      { SrcIpAddr: '203.0.113.9', countries: ['BR'], network: 'public' },
    ],
    segments: {
      lane: Uint32Array.of(0, 1),
      start: Float64Array.of(AT, AT),
      end: Float64Array.of(AT + 3_600_000, AT + 1_800_000),
      lastSeen: new Float64Array(0),
      starting: new Uint8Array(0),
      ending: Uint8Array.of(0, 1),
      records: Uint32Array.of(2, 1),
    },
    overlaps: {
      lane: Uint32Array.of(1),
      previousLane: Uint32Array.of(0),
      start: Float64Array.of(AT),
      end: Float64Array.of(AT + 1_800_000),
    },
    from: AT,
    to: AT + 3_600_000,
  },
  overlaps: { total: 5000, rows: [] },
  segments: { total: 0, rows: [] },
};

const report = (): string => reportHead(about) + findingHtml(finding, []) + reportEnd(about, 'report.html');

test('the report holds the reason, the decision, the picture and what it rests on', () => {
  const html = report();
  expect(html).toContain('<strong>30 min</strong>');
  expect(html).toContain('true positive');
  expect(html).toContain('<figure><svg');
  expect(html).toContain('ab'.repeat(32));
  expect(html).toContain('All times are in UTC');
  expect(html).toContain('the first 0 of 5,000');
});

test('log values are text, whatever they hold', () => {
  const html = report();
  expect(html).not.toContain('<img src=x');
  expect(html).not.toContain('\u202E');
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;⟨U+202E⟩');
  expect(html.match(/<script/)).toBeNull();
  expect(html.match(/ on[a-z]+="/)).toBeNull();
});

test('the manifest in it is JSON that reads back', () => {
  const [, json = ''] = /<pre>([^]*)<\/pre>/.exec(report()) ?? [];
  const manifest = JSON.parse(json.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>'));
  expect(manifest).toMatchObject({
    schema: 'doppel.manifest/1',
    file: { name: 'report.html' },
    made: { at: '2026-03-02T09:00:00.000Z', by: HOSTILE },
    shown: { kind: 'report', rows: 1, filter: { text: HOSTILE } },
    inputs: [{ path: HOSTILE, sha256: 'ab'.repeat(32), records: 3 }],
  });
});
