/** The lanes in the order that the analyst wants, neighbours merged into their address block: a timeline made from a timeline. */
import type { Timeline } from '../../shared/timeline';
import type { ArrangedTimeline, Lane } from './lane';
import { ipBlockOf } from '../../shared/ip-block';

export const LANE_SORTS = ['first', 'ip', 'overlaps', 'length'] as const;
export type LaneSort = (typeof LANE_SORTS)[number];

export interface Arrangement {
  sort: LaneSort;
  /** One lane for all IPs of a /24 (IPv4) or a /64 (IPv6). */
  merge: boolean;
  /** Names of the lanes that stand on top, whatever the order. */
  pinned: readonly string[];
}
export const AS_FOUND: Arrangement = { sort: 'first', merge: false, pinned: [] };

/** Lanes sorted, pinned and merged; segments grouped by lane and by start within it, as the contract has them. */
export function arranged(timeline: Timeline, { sort, merge, pinned }: Arrangement): ArrangedTimeline {
  if (sort === 'first' && !merge && pinned.length === 0) return timeline;
  const { lanes, segments, overlaps } = timeline;
  const merged = new Map<string, Lane>();
  const nameOf = lanes.map(({ SrcIpAddr }) => (merge ? ipBlockOf(SrcIpAddr) : SrcIpAddr));
  nameOf.forEach((name, index) => {
    const lane = lanes[index];
    if (!lane) return;
    const before = merged.get(name);
    const countries = [...new Set([...(before?.countries ?? []), ...lane.countries])].toSorted();
    const ips = merge ? { ips: [...(before?.ips ?? []), lane.SrcIpAddr] } : {};
    merged.set(name, { ...(before ?? lane), SrcIpAddr: name, countries, ...ips });
  });
  // a Map keeps the order of first presence
  const names = [...merged.keys()];
  const place = new Map(names.map((name, index) => [name, index]));
  const group = Uint32Array.from(nameOf, (name) => place.get(name) ?? 0);
  const byStart = Uint32Array.from(segments.start.keys()).sort(
    (a, b) => (segments.start[a] ?? 0) - (segments.start[b] ?? 0) || a - b,
  );
  const length = new Float64Array(names.length);
  const reach = new Float64Array(names.length).fill(-Infinity);
  for (const at of byStart) {
    const lane = group[segments.lane[at] ?? 0] ?? 0;
    const end = segments.end[at] ?? 0;
    length[lane] = (length[lane] ?? 0) + Math.max(0, end - Math.max(segments.start[at] ?? 0, reach[lane] ?? 0));
    reach[lane] = Math.max(reach[lane] ?? 0, end);
  }
  const count = new Float64Array(names.length);
  overlaps.lane.forEach((lane, index) => {
    for (const involved of new Set([group[lane] ?? 0, group[overlaps.previousLane[index] ?? 0] ?? 0])) {
      count[involved] = (count[involved] ?? 0) + 1;
    }
  });
  const measure = { first: undefined, ip: undefined, overlaps: count, length }[sort];
  const isPinned = names.map((name) => pinned.includes(name));
  const order = names
    .map((_, index) => index)
    .toSorted(
      (a, b) =>
        Number(isPinned[b]) - Number(isPinned[a]) ||
        (measure ? (measure[b] ?? 0) - (measure[a] ?? 0) : 0) ||
        (sort === 'ip' ? compareIps(names[a] ?? '', names[b] ?? '') : 0) ||
        a - b,
    );
  const target = new Uint32Array(names.length);
  order.forEach((old, index) => (target[old] = index));
  const laneOf = (lane: number): number => target[group[lane] ?? 0] ?? 0;
  const bars: Uint32Array<ArrayBuffer> = byStart.toSorted(
    (a, b) => laneOf(segments.lane[a] ?? 0) - laneOf(segments.lane[b] ?? 0),
  );
  const pick = <A extends Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Uint8Array<ArrayBuffer>>(
    values: A,
  ): A => {
    const picked = values.slice();
    bars.forEach((at, index) => (picked[index] = values[at] ?? 0));
    return picked as A; // a slice is of the kind that it is cut from
  };
  return {
    ...timeline,
    lanes: order.flatMap((index) => merged.get(names[index] ?? '') ?? []),
    segments: {
      lane: Uint32Array.from(bars, (at) => laneOf(segments.lane[at] ?? 0)),
      start: pick(segments.start),
      end: pick(segments.end),
      lastSeen: pick(segments.lastSeen),
      starting: pick(segments.starting),
      ending: pick(segments.ending),
      source: bars,
      records: pick(segments.records),
    },
    overlaps: { ...overlaps, lane: overlaps.lane.map(laneOf), previousLane: overlaps.previousLane.map(laneOf) },
  };
}

/** IPv4 by number, then IPv6 by number, then the rest by text. */
function compareIps(a: string, b: string): number {
  const [left, right] = [ipv4Number(a), ipv4Number(b)];
  if (left !== undefined && right !== undefined) return left - right;
  if (left !== undefined || right !== undefined) return left === undefined ? 1 : -1;
  const [first, second] = [ipv6Groups(a), ipv6Groups(b)];
  return first < second ? -1 : first > second ? 1 : 0;
}

function ipv4Number(ip: string): number | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)/.exec(ip);
  return match?.slice(1).reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** An IPv6 address with all its zeros, so that its text sorts as its number; other text as it is. */
function ipv6Groups(ip: string): string {
  const [address = '', ...rest] = ip.split(/(?=[%/])/);
  if (!address.includes(':')) return ip;
  const [head = [], tail = []] = address.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0');
  return [...[...head, ...zeros, ...tail].map((group) => group.padStart(4, '0')), ...rest].join(':');
}
