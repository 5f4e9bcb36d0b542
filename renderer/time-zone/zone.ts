import { parseTimeZone, formatTimeZone } from '../../shared/time-zone';
import type { TimeZone } from '../../shared/time-zone';
import { formatOffset, offsetAt } from '../../shared/zone-offset';
import { Store, useStore } from '../store';

/** The zone of this computer, whichever that is. */
export const COMPUTER = 'computer';
const UTC: TimeZone = { offsetMs: 0 };

interface Zone {
  /** As it was chosen: `UTC`, `computer`, or a zone by its name or offset. */
  choice: string;
  zone: TimeZone;
}

/** The one time zone in which every time on screen and in exports is written. */
class ZoneStore extends Store<Zone> {
  constructor() {
    super({ choice: 'UTC', zone: UTC });
  }

  /** What is no zone on this computer leaves it as it is; gives whether it is one. */
  choose(choice: string): boolean {
    const zone = choice === COMPUTER ? computerZone() : parseTimeZone(choice);
    if (zone && choice !== this.state.choice) this.become({ choice, zone });
    return zone !== undefined;
  }
}

/** One for the page, because every function that writes a time obeys it. */
export const zoneStore = new ZoneStore();

/** For a component that writes times: it is rendered again when the zone is another one. Gives its name. */
export function useZone(): string {
  useStore(zoneStore);
  return zoneName();
}

/** `UTC`, `Europe/Berlin`, `UTC+05:30`: for headings, and for the engine. */
export function zoneName(): string {
  const { zone, choice } = zoneStore.state;
  const name = formatTimeZone(zone);
  // a browser may know Asia/Kolkata by an older name; people keep the one that they chose
  const isRenamed = 'name' in zone && choice !== COMPUTER && choice.toLowerCase() !== name.toLowerCase();
  return isRenamed ? choice : name;
}

/** Whether times are shown in UTC. */
export function isUtc(): boolean {
  const { zone } = zoneStore.state;
  return 'offsetMs' in zone && zone.offsetMs === 0;
}

/** The time as a date whose UTC fields are what a clock in the zone shows. */
export function clockOf(epochMs: number): Date {
  return new Date(epochMs + offsetAt(zoneStore.state.zone, epochMs));
}

/** `UTC`, or how far the zone is from it at that time: `UTC+01:00`. */
export function offsetWords(epochMs: number): string {
  return isUtc() ? 'UTC' : `UTC${formatOffset(offsetAt(zoneStore.state.zone, epochMs))}`;
}

/** The zone of this computer; UTC where it does not say. */
export function computerZone(): TimeZone {
  return parseTimeZone(new Intl.DateTimeFormat().resolvedOptions().timeZone) ?? UTC;
}
