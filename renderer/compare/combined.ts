/** The timelines of several users as one: each user a head and below it a group of lanes, on one time axis. */
import type { TimelineRecords } from '../../shared/timeline';
import { spellDuration } from '../../shared/time';
import type { Finding } from '../../shared/domain';
import { countOf } from '../format-number';
import type { ArrangedTimeline, Lane } from '../timeline/lane';
import type { MarkedRecords } from '../timeline/record-ticks';

export interface Compared {
  finding: Pick<Finding, 'user' | 'DstUserName' | 'overlapCount' | 'overlapSeconds'>;
  timeline: ArrangedTimeline;
  /** The session of each segment, as the engine numbers these. */
  sessions: readonly string[];
}

type Numbers = Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** A column of all parts, one part after another, each with `shift` of it added to its numbers. */
function joined<Part, A extends Numbers>(
  parts: readonly Part[],
  column: (part: Part) => A,
  make: (length: number) => A,
  shift?: readonly number[],
): A {
  const columns = parts.map(column);
  const all = make(columns.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  columns.forEach((part, index) => {
    const more = shift?.[index] ?? 0;
    if (more === 0) all.set(part, at);
    else part.forEach((value, place) => (all[at + place] = value + more));
    at += part.length;
  });
  return all;
}

const bytes = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(length);
const whole = (length: number): Uint32Array<ArrayBuffer> => new Uint32Array(length);
const times = (length: number): Float64Array<ArrayBuffer> => new Float64Array(length);

const sourceOf = ({ source, start }: ArrangedTimeline['segments']): Uint32Array<ArrayBuffer> =>
  source ?? Uint32Array.from(start.keys());

/** The timelines of several users as one, their lanes one user after another. */
export function combined(compared: readonly Compared[]): ArrangedTimeline {
  const timelines = compared.map(({ timeline }) => timeline);
  const lanes: Lane[] = [];
  const laneShift: number[] = [];
  const sourceShift: number[] = [];
  let before = 0;
  for (const { finding, timeline } of compared) {
    const owner = { user: finding.user, name: finding.DstUserName };
    lanes.push({ SrcIpAddr: '', countries: [], network: 'other', owner, head: headWords(finding, timeline) });
    laneShift.push(lanes.length);
    sourceShift.push(before);
    before += timeline.segments.start.length;
    for (const lane of timeline.lanes) lanes.push({ ...lane, owner });
  }
  const segments = timelines.map((timeline) => timeline.segments);
  const overlaps = timelines.map((timeline) => timeline.overlaps);
  const present = timelines.filter(({ lanes: own }) => own.length > 0);
  return {
    user: '',
    DstUserName: compared.map(({ finding }) => finding.DstUserName).join(', '),
    lanes,
    segments: {
      lane: joined(segments, (part) => part.lane, whole, laneShift),
      start: joined(segments, (part) => part.start, times),
      end: joined(segments, (part) => part.end, times),
      lastSeen: joined(segments, (part) => part.lastSeen, times),
      starting: joined(segments, (part) => part.starting, bytes),
      ending: joined(segments, (part) => part.ending, bytes),
      source: joined(segments, sourceOf, whole, sourceShift),
      records: joined(segments, (part) => part.records, whole),
    },
    overlaps: {
      lane: joined(overlaps, (part) => part.lane, whole, laneShift),
      previousLane: joined(overlaps, (part) => part.previousLane, whole, laneShift),
      start: joined(overlaps, (part) => part.start, times),
      end: joined(overlaps, (part) => part.end, times),
    },
    from: Math.min(...(present.length > 0 ? present : timelines).map(({ from }) => from)),
    to: Math.max(...(present.length > 0 ? present : timelines).map(({ to }) => to)),
  };
}

function headWords({ overlapCount, overlapSeconds }: Compared['finding'], { lanes }: ArrangedTimeline): string {
  const overlaps = overlapCount === 0 ? 'no overlap' : countOf(overlapCount, 'overlap');
  const length = overlapCount === 0 ? '' : `, ${spellDuration(1000 * overlapSeconds)}`;
  return `${countOf(lanes.length, lanes.some(({ ips }) => ips) ? 'lane' : 'source IP')}, ${overlaps}${length}`;
}

/** The records of these users, in the same order, each with whose it is. */
export function combinedRecords(compared: readonly Compared[], parts: readonly TimelineRecords[]): MarkedRecords {
  const shift: number[] = [];
  const ips: string[] = [];
  const users: string[] = [];
  parts.forEach((part, index) => {
    shift.push(ips.length);
    for (const ip of part.ips) {
      ips.push(ip);
      users.push(compared[index]?.finding.user ?? '');
    }
  });
  return {
    total: parts.reduce((sum, { total }) => sum + total, 0),
    ips,
    users,
    lane: joined(parts, (part) => part.lane, whole, shift),
    time: joined(parts, (part) => part.time, times),
  };
}

export interface SharedIp {
  ip: string;
  countries: readonly string[];
  network: Lane['network'];
  users: string[];
}

/** Which source IPs these users were at, those of most users first. */
export function sharedIps(compared: readonly Compared[]): SharedIp[] {
  const found = new Map<string, SharedIp>();
  for (const { finding, timeline } of compared) {
    for (const { SrcIpAddr: ip, countries, network } of timeline.lanes) {
      const before = found.get(ip);
      if (before) before.users.push(finding.DstUserName);
      else found.set(ip, { ip, countries, network, users: [finding.DstUserName] });
    }
  }
  return [...found.values()].toSorted((a, b) => b.users.length - a.users.length || (a.ip < b.ip ? -1 : 1));
}
