import { Store } from '../store';
import type { TimeWindow } from './time-window';

/** What is measured: from where it was begun to where it has come, in either order of time. */
export interface Measure {
  readonly anchor: number;
  readonly head: number;
  /** Goes on with the cursor until it is ended. */
  readonly isOpen: boolean;
}

/** A stretch of time over some lanes. */
export interface Area extends Measure {
  readonly anchorLane: number;
  readonly headLane: number;
}

export interface MarksState {
  readonly measure: Measure | undefined;
  readonly area: Area | undefined;
}

/** The measured time from its earlier end to its later one, whichever was set first. */
export function stretchOf({ anchor, head }: Measure): TimeWindow {
  return { from: Math.min(anchor, head), to: Math.max(anchor, head) };
}

/** `first` to `last`, the latter included. */
export function lanesWithin({ anchorLane, headLane }: Area): { first: number; last: number } {
  return { first: Math.min(anchorLane, headLane), last: Math.max(anchorLane, headLane) };
}

/** What has been measured and selected on the timeline; one of each at a time. */
export class Marks extends Store<MarksState> {
  constructor() {
    super({ measure: undefined, area: undefined });
  }

  /** Begins a measurement at a time, or ends the one that is open there. */
  measure(time: number): void {
    const { measure } = this.state;
    if (measure?.isOpen) this.patch({ measure: { ...measure, head: time, isOpen: false } });
    else this.patch({ measure: { anchor: time, head: time, isOpen: true } });
  }

  /** Begins an area at a time over these lanes, or ends the one that is open. */
  select(time: number, lanes: { first: number; last: number }): void {
    const { area } = this.state;
    if (area?.isOpen) this.patch({ area: { ...area, head: time, isOpen: false } });
    else
      this.patch({ area: { anchor: time, head: time, isOpen: true, anchorLane: lanes.first, headLane: lanes.last } });
  }

  /** What is open goes to where the cursor is; a lane widens an area to it. */
  follow(time: number, lane: number | undefined): void {
    const { measure, area } = this.state;
    if (measure?.isOpen && measure.head !== time) this.patch({ measure: { ...measure, head: time } });
    if (!area?.isOpen) return;
    const headLane = lane ?? area.headLane;
    if (area.head !== time || area.headLane !== headLane) this.patch({ area: { ...area, head: time, headLane } });
  }

  /** Ends what is open; what has no length is taken away: it was a click. */
  end(): void {
    const ended = <M extends Measure>(mark: M | undefined): M | undefined =>
      mark && mark.anchor === mark.head ? undefined : mark && { ...mark, isOpen: false };
    this.patch({ measure: ended(this.state.measure), area: ended(this.state.area) });
  }

  /** False when there was nothing to clear. */
  clear(): boolean {
    const { measure, area } = this.state;
    if (!measure && !area) return false;
    this.patch({ measure: undefined, area: undefined });
    return true;
  }
}
