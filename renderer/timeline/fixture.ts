/** A small timeline for tests: three source IPs, eight segments, four overlaps (one of no length). */
import type { Timeline } from '../../shared/timeline';
import { ENDINGS, STARTINGS } from '../../shared/domain';
import type { Ending, Starting } from '../../shared/domain';

const HOUR = 3_600_000;
const DAY_START = Date.UTC(2026, 2, 2);
/** A time of the fixture's day. */
export const at = (hours: number): number => DAY_START + hours * HOUR;

/** The session of each segment. */
export const SESSIONS = ['s-0', 's-1', 's-2', 's-3', 's-4', 's-5', 's-\u202E6', ''];

const SEGMENTS: [lane: number, from: number, to: number, ending: Ending, starting?: Starting][] = [
  [0, 8, 12, 'closed'],
  [0, 9, 10, 'handed-over'],
  [0, 14, 18, 'last-seen'],
  [1, 11, 13, 'closed', 'handed-over'],
  [1, 15, 15, 'last-seen', 'first-seen'],
  [1, 17.5, 20, 'log-end'],
  [2, 11.5, 11.75, 'closed'],
  [2, 19, 21, 'closed'],
];
/** Out of order on purpose. Lanes 0 and 1 overlap three times, 0 and 2 once. */
const OVERLAPS: [previousLane: number, lane: number, from: number, to: number][] = [
  [0, 1, 15, 15],
  [0, 1, 11, 12],
  [0, 1, 17.5, 18],
  [0, 2, 11.5, 11.75],
];

/** A new one each time: a test may change it. One of its addresses is hostile. */
export function fixture(): Timeline {
  return {
    user: 'ann@example.com',
    DstUserName: 'Ann@example.com',
    lanes: [
      { SrcIpAddr: '198.51.100.7', countries: ['DE'], network: 'public' },
      { SrcIpAddr: '10.0.0.15', countries: [], network: 'private' },
      { SrcIpAddr: 'evil\u202Eip', countries: ['BR', 'US'], network: 'other' },
    ],
    segments: {
      lane: Uint32Array.from(SEGMENTS, (row) => row[0]),
      start: Float64Array.from(SEGMENTS, (row) => at(row[1])),
      end: Float64Array.from(SEGMENTS, (row) => at(row[2])),
      lastSeen: Float64Array.from(SEGMENTS, (row) => at(row[3] === 'log-end' ? row[2] - 2 : row[2])),
      starting: Uint8Array.from(SEGMENTS, (row) => STARTINGS.indexOf(row[4] ?? 'told')),
      ending: Uint8Array.from(SEGMENTS, (row) => ENDINGS.indexOf(row[3])),
      records: Uint32Array.from(SEGMENTS, (_, index) => index + 1),
    },
    overlaps: {
      previousLane: Uint32Array.from(OVERLAPS, (row) => row[0]),
      lane: Uint32Array.from(OVERLAPS, (row) => row[1]),
      start: Float64Array.from(OVERLAPS, (row) => at(row[2])),
      end: Float64Array.from(OVERLAPS, (row) => at(row[3])),
    },
    from: at(8),
    to: at(21),
  };
}

const COLOURS = ['background', 'raised', 'line', 'text', 'muted', 'accent', 'selected', 'presence', 'presenceEdge', 'overlap', 'overlapBand', 'overlapText'] as const; // prettier-ignore
/** Colours for a picture that nobody looks at. */
export const palette = { ...(Object.fromEntries(COLOURS.map((name) => [name, '#123456'])) as Record<(typeof COLOURS)[number], string>), font: 'sans-serif' }; // prettier-ignore
