import { Store } from '../store';
import { focusWords } from './describe';
import { hitTest, sameHit } from './hit';
import type { Hit } from './hit';
import { layOut, scrollTo } from './math/layout';
import type { Layout } from './math/layout';
import { TimeScale } from './math/time-scale';
import type { TimelineModel } from './model';
import { recordTicks } from './record-ticks';
import type { MarkedRecords, RecordTicks } from './record-ticks';
import { differs, lanesShown } from './shown';
import type { Shown } from './shown';
import { startOf, stepBar, stepGap, stepLane, stepOverlap } from './steps';
import type { Focus } from './steps';
import { Surface } from './surface';
import type { ViewElements } from './surface';
import { Throttle } from './throttle';
import { Tools } from './tools';
import { atLeast, padded, panned, sameWindow, spanOf, within, zoomed } from './time-window';
import type { TimeWindow } from './time-window';

const EMIT_EVERY_MS = 80;
/** Room around an overlap that is zoomed to: its own length on both sides, at the least this. */
const OVERLAP_ROOM_MS = 2000;
/** So far from the edge, as a share of the window, comes what was out of sight. */
const EDGE_SHARE = 0.1;

/**
 * One timeline on screen: where it is, what is hovered and focused, and when to draw. Draws at most once a frame.
 * Not React: a frame of panning must not render components.
 */
export class TimelineView extends Store<Shown> {
  #window: TimeWindow;
  #layout: Layout;
  #focus: Focus | undefined;
  #hover: Hit | undefined;
  #records: RecordTicks | undefined;
  /** The last window that the rest of the app was told of, or told us. */
  #agreed: TimeWindow | undefined;
  readonly tools: Tools;
  readonly #surface: Surface;
  readonly #emit: Throttle<TimeWindow | undefined>;
  readonly #stop: (() => void)[] = [];

  constructor(
    readonly model: TimelineModel,
    readonly elements: ViewElements,
    onWindow: (window: TimeWindow | undefined) => void,
  ) {
    const layout = layOut(1, 1, model.lanes.length, 0);
    super({ hover: undefined, focus: undefined, said: '', ...lanesShown(layout) });
    const { canvas, scroller } = elements;
    this.#window = model.limits;
    this.#layout = layout;
    this.tools = new Tools(this);
    this.#surface = new Surface(elements, () => ({
      model,
      records: this.#records,
      window: this.#window,
      layout: this.#layout,
      hover: this.#hover,
      focus: this.#focus,
      lit: this.tools.lit,
      marks: { ...this.tools.marks.state, cursor: this.tools.cursor.state.time },
    }));
    this.#emit = new Throttle(EMIT_EVERY_MS, (window) => {
      this.#agreed = window && { from: Math.round(window.from), to: Math.round(window.to) };
      onWindow(this.#agreed);
    });
    const resize = new ResizeObserver(() => this.#resize());
    resize.observe(canvas);
    const scrolled = (): void => this.#scroll(scroller.scrollTop);
    scroller.addEventListener('scroll', scrolled, { passive: true });
    this.#stop.push(
      () => resize.disconnect(),
      () => scroller.removeEventListener('scroll', scrolled),
      () => this.#surface.dispose(),
      () => this.#emit.stop(),
    );
    this.#resize();
  }

  get window(): TimeWindow {
    return this.#window;
  }

  get records(): RecordTicks | undefined {
    return this.#records;
  }

  get layout(): Layout {
    return this.#layout;
  }

  get scale(): TimeScale {
    return new TimeScale(this.#window, this.#layout.width);
  }

  /** Shows a window that another part of the app has chosen; undefined shows everything. Not reported back. */
  follow(window: TimeWindow | undefined): void {
    // our own words come back to us, sometimes late: the newest is what counts
    if (this.#emit.pending || agree(window, this.#agreed)) return;
    this.#agreed = window;
    this.#window = window ? atLeast(window) : this.model.limits;
    this.draw();
  }

  /** Marks the records under the bars. */
  showRecords(records: MarkedRecords | undefined): void {
    this.#records = records && recordTicks(this.model, records);
    this.tools.forgetMoments();
    this.draw();
  }

  /** Names the sessions in what is said from now on, and in what has just been said. */
  nameSessions(sessions: readonly string[] | undefined): void {
    this.model.sessions = sessions;
    if (this.#focus) this.patch({ said: focusWords(this.model, this.#focus) });
  }

  zoom(factor: number, at = (this.#window.from + this.#window.to) / 2): void {
    this.#move(zoomed(this.#window, factor, at, this.model.limits));
  }

  /** Moves the window by a share of its span; positive is later. */
  panBy(share: number): void {
    this.#move(panned(this.#window, share * spanOf(this.#window), this.model.limits));
  }

  panTo(from: number): void {
    this.#move(panned(this.#window, from - this.#window.from, this.model.limits));
  }

  /** Shows everything; `undefined` is how the rest of the app says that, and hears it. */
  fit(): void {
    this.#window = this.model.limits;
    this.#emit.call(undefined);
    this.draw();
  }

  scrollLanes(scroll: number): void {
    this.elements.scroller.scrollTop = scroll;
    this.#scroll(scroll);
  }

  hoverAt(x: number, y: number): void {
    this.#setHover(hitTest(this.model, this.#layout, this.scale, x, y));
  }

  leave(): void {
    this.#setHover(undefined);
  }

  nextOverlap(by: 1 | -1): void {
    this.#step(stepOverlap(this.model, this.#focus, this.#window, by), 'There is no overlap.');
  }

  nextBar(by: 1 | -1): void {
    const focus = stepBar(this.model, this.#focus, this.#window, by);
    if (focus) this.focusOn(focus);
  }

  nextGap(by: 1 | -1): void {
    this.#step(stepGap(this.model, this.#focus, this.#window, by), 'The log has no gap in this time.');
  }

  nextLane(by: 1 | -1): void {
    const focus = stepLane(this.model, this.#focus, by);
    if (focus) this.focusOn(focus);
  }

  /** Puts the keyboard's mark on something that is in sight, or takes it away, and moves nothing. */
  mark(focus: Focus | undefined): void {
    this.#focus = focus;
    this.#update();
    this.tools.focusMoved(undefined);
  }

  /** Puts the keyboard's mark on something, brings it into sight (an overlap is zoomed to) and says it. */
  focusOn(focus: Focus): void {
    this.#focus = focus;
    if (focus.on === 'overlap') {
      const { lane, previousLane, start, end } = this.model.overlap(focus.overlap);
      this.showTime(start, end);
      this.#reveal(Math.min(lane, previousLane), Math.max(lane, previousLane));
    } else if (focus.on === 'bar') {
      const { lane, start, end } = this.model.bar(focus.bar);
      if (end < this.#window.from || start > this.#window.to) {
        this.panTo((start + Math.min(end, start + spanOf(this.#window))) / 2 - spanOf(this.#window) / 2);
      }
      this.#reveal(lane, lane);
    } else if (focus.on === 'gap') this.showTime(...this.model.gapInSight(focus.gap));
    else this.#reveal(focus.lane, focus.lane);
    this.#update();
    this.tools.focusMoved(focus.on === 'lane' ? undefined : startOf(this.model, focus));
  }

  /** Pans as little as is needed to have a time in sight. */
  bringIntoSight(time: number): void {
    const { from, to } = this.#window;
    if (time < from) this.panTo(time - EDGE_SHARE * (to - from));
    else if (time > to) this.panTo(time - (1 - EDGE_SHARE) * (to - from));
  }

  /** Zooms to what is in focus. False: nothing is, or a lane, which is as long as the timeline. */
  fitFocus(): boolean {
    const focus = this.#focus;
    if (!focus || focus.on === 'lane') return false;
    if (focus.on === 'gap') this.showTime(...this.model.gapInSight(focus.gap));
    else if (focus.on === 'overlap') {
      const { start, end } = this.model.overlap(focus.overlap);
      this.showTime(start, end);
    } else {
      const { start, end } = this.model.bar(focus.bar);
      this.showTime(start, end, EDGE_SHARE);
    }
    return true;
  }

  /** Draws with the next frame. */
  draw(): void {
    this.#surface.draw();
  }

  /** Zooms to a stretch of time, with room around it: a share of its length on both sides. */
  showTime(start: number, end: number, room = 1): void {
    this.#move(within(padded(start, end, room, OVERLAP_ROOM_MS), this.model.limits));
  }

  dispose(): void {
    for (const stop of this.#stop) stop();
  }

  /** A key that leads nowhere says so. */
  #step(focus: Focus | undefined, otherwise: string): void {
    if (focus) this.focusOn(focus);
    else this.patch({ said: otherwise });
  }

  #move(window: TimeWindow): void {
    if (sameWindow(window, this.#window)) return;
    this.#window = window;
    this.#emit.call(window);
    this.draw();
  }

  #reveal(upper: number, lower: number): void {
    const scroll = scrollTo(this.#layout, upper, lower);
    if (scroll !== this.#layout.scroll) this.scrollLanes(scroll);
  }

  #scroll(scroll: number): void {
    const { width, height, lanes } = this.#layout;
    this.#layout = layOut(width, height, lanes, scroll);
    this.#update();
  }

  #resize(): void {
    const { clientWidth, clientHeight } = this.elements.canvas;
    this.#layout = layOut(clientWidth, clientHeight, this.model.lanes.length, this.elements.scroller.scrollTop);
    this.#update();
  }

  #setHover(hover: Hit | undefined): void {
    if (sameHit(hover, this.#hover)) return;
    this.#hover = hover;
    this.#update();
  }

  /** Tells React what changed, if anything that it shows did, and draws. */
  #update(): void {
    const before = this.state;
    const focus = this.#focus;
    const said = before.focus === focus ? before.said : focus ? focusWords(this.model, focus) : '';
    const next: Shown = { hover: this.#hover, focus, said, ...lanesShown(this.#layout) };
    if (differs(next, before)) this.patch(next);
    this.draw();
  }
}

function agree(a: TimeWindow | undefined, b: TimeWindow | undefined): boolean {
  return a && b ? sameWindow(a, b) : a === b;
}
