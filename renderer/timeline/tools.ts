import { Cursor } from './cursor';
import { Marks } from './marks';
import { endsOf } from './gap';
import { TOP, laneAt } from './math/layout';
import { Moments } from './math/moments';
import { laneOf } from './steps';
import type { Focus } from './steps';
import { spanOf } from './time-window';
import type { TimelineView } from './view';

/** So near, in CSS pixels, the cursor goes to the next edge of a segment or to the next record. */
const SNAP = 6;

/** What the analyst points, measures and selects with: the cursor that the tables share, and the marks. */
export class Tools {
  readonly cursor = new Cursor();
  readonly marks = new Marks();
  /** What the table's focus is on. */
  lit: Focus | undefined;
  #moments: Moments | undefined;

  constructor(readonly view: TimelineView) {
    this.cursor.subscribe(() => view.draw());
    this.marks.subscribe(() => view.draw());
  }

  /** The records have come, or others have. */
  forgetMoments(): void {
    this.#moments = undefined;
  }

  /** The cursor under the pointer. */
  point(x: number, y: number): void {
    this.lit = undefined;
    this.#set(this.#snapped(x), this.#laneAt(y));
  }

  /** Moves the cursor by a share of what is in sight; the first time it comes to the middle. */
  step(share: number): void {
    const { window } = this.view;
    const { time } = this.cursor.state;
    const middle = (window.from + window.to) / 2;
    const isInSight = time !== undefined && window.from <= time && time <= window.to;
    this.#go(isInSight ? Math.round(time + share * spanOf(window)) : Math.round(middle));
  }

  /** Moves the cursor to the next or the previous edge or record. */
  jump(by: 1 | -1): void {
    const { from } = this.view.window;
    const time = this.#momentsOf().next(this.cursor.state.time ?? from, by);
    if (time !== undefined) this.#go(time);
  }

  /** Begins or ends a measurement at the cursor. */
  measure(): void {
    this.marks.measure(this.#cursorTime());
  }

  /** Begins or ends an area at the cursor: of the lane in focus and those that it moves to, or of all lanes. */
  select(): void {
    const lane = this.#focusLane();
    const all = { first: 0, last: this.view.model.lanes.length - 1 };
    this.marks.select(this.#cursorTime(), lane === undefined ? all : { first: lane, last: lane });
  }

  /** The focus has moved: what is open goes with it, and so does the cursor. */
  focusMoved(time: number | undefined): void {
    if (time !== undefined) this.cursor.set(time);
    const at = this.cursor.state.time;
    if (at !== undefined) this.marks.follow(at, this.#focusLane());
  }

  /** Begins a measurement or an area where a drag begins. */
  press(kind: 'measure' | 'area', x: number, y: number): void {
    this.marks.end();
    const time = this.#snapped(x);
    const lane = this.#laneAt(y) ?? 0;
    const whole = { first: 0, last: this.view.model.lanes.length - 1 };
    if (kind === 'measure') this.marks.measure(time);
    else this.marks.select(time, y < TOP ? whole : { first: lane, last: lane });
  }

  release(): void {
    this.marks.end();
  }

  /** The table's focus is on something: it is seen on the timeline, where it lies. */
  light(focus: Focus | undefined, time: number | undefined): void {
    this.lit = focus;
    this.cursor.set(time);
    this.view.draw();
  }

  #go(time: number): void {
    this.lit = undefined;
    this.view.bringIntoSight(time);
    this.#set(time, this.#focusLane());
  }

  #set(time: number, lane: number | undefined): void {
    this.cursor.set(time);
    this.marks.follow(time, lane);
  }

  #cursorTime(): number {
    if (this.cursor.state.time === undefined) this.step(0);
    return this.cursor.state.time ?? this.view.window.from;
  }

  #focusLane(): number | undefined {
    const { model } = this.view;
    const { focus } = this.view.state;
    return laneOf(model, focus);
  }

  #laneAt(y: number): number | undefined {
    const { layout } = this.view;
    return y > layout.height || y < TOP ? undefined : (laneAt(layout, y) ?? layout.lanes - 1);
  }

  #snapped(x: number): number {
    const { scale, layout } = this.view;
    const time = scale.time(Math.min(layout.width, Math.max(0, x)));
    // finer than a pixel nobody points; whole seconds read better
    const unit = scale.ms(1) >= 1000 ? 1000 : 1;
    return this.#momentsOf().nearest(time, scale.ms(SNAP)) ?? Math.round(time / unit) * unit;
  }

  #momentsOf(): Moments {
    const { model, records } = this.view;
    this.#moments ??= new Moments([
      model.bars.start,
      model.bars.end,
      records?.index.start ?? [],
      model.gaps.flatMap(endsOf),
    ]);
    return this.#moments;
  }
}
