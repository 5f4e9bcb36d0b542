import type { Ending, Starting } from '../../../shared/domain';
import type { Frame } from './draw';

/** Above and below a bar in its lane. */
export const PADDING = 5;
const FILL = 0.5;
/** Width of an arrow, and of the notch that answers it. */
export const ARROW = 8;

interface Form {
  starting: Starting;
  ending: Ending;
  /** From where on the bar is assumed and not proven; its right end where it is proven. */
  assumedFrom: number;
}

/**
 * A bar, and nothing else. How its ends are known is told by form and never by colour alone. Left: told by a record, a
 * line; first record seen, a dotted line; handed over, a notch. Right: closed by a record, a line; last seen, it fades
 * out; end of the log assumed, hatched with a dashed line; handed over, an arrow. Returns how many pixels the right end takes.
 */
export function drawForm(frame: Frame, form: Form, x0: number, x1: number, y: number): number {
  const { context, palette, layout, hatch } = frame;
  const { starting, ending } = form;
  const height = layout.laneHeight - 2 * PADDING;
  const width = x1 - x0;
  const fade = ending === 'last-seen' ? Math.min(18, width * 0.6) : 0;
  const arrow = ending === 'handed-over' ? Math.min(ARROW, width * 0.5) : 0;
  const room = fade + arrow;
  const proven = Math.min(form.assumedFrom, x1 - room);

  context.globalAlpha = FILL;
  context.fillStyle = palette.presence;
  context.fillRect(x0, y, proven - x0, height);
  context.globalAlpha = FILL / 3;
  context.fillRect(proven, y, x1 - room - proven, height);
  context.globalAlpha = 1;
  if (ending === 'log-end') {
    context.fillStyle = hatch(palette.presence);
    context.fillRect(proven, y, x1 - proven, height);
  }

  context.fillStyle = palette.presenceEdge;
  context.fillRect(x0, y, width - room, 1);
  context.fillRect(x0, y + height - 1, width - room, 1);
  if (starting === 'told') context.fillRect(x0, y, 1.5, height);
  if (starting === 'first-seen') drawDashes(frame, x0, y, height, { dash: 2, every: 4, width: 1.5 });
  if (starting === 'handed-over') drawNotch(frame, x0, Math.min(ARROW, width * 0.4), y, height);
  if (ending === 'closed') context.fillRect(x1 - 1.5, y, 1.5, height);
  if (ending === 'log-end') drawDashes(frame, x1 - 2, y, height, { dash: 3, every: 5, width: 2 });
  if (ending === 'last-seen') drawFadingEnd(frame, x1 - fade, fade, y, height);
  if (ending === 'handed-over') drawArrow(frame, x1 - arrow, arrow, y, height);
  return room;
}

function drawFadingEnd({ context, palette }: Frame, x: number, width: number, y: number, height: number): void {
  const steps = 6;
  const step = width / steps;
  for (let at = 0; at < steps; at++) {
    const left = 1 - (at + 0.5) / steps;
    context.globalAlpha = FILL * left;
    context.fillStyle = palette.presence;
    context.fillRect(x + at * step, y, step, height);
    context.globalAlpha = left;
    context.fillStyle = palette.presenceEdge;
    // the outline breaks into dots as it fades
    context.fillRect(x + at * step, y, step * 0.55, 1);
    context.fillRect(x + at * step, y + height - 1, step * 0.55, 1);
  }
  context.globalAlpha = 1;
}

interface Dashes {
  dash: number;
  every: number;
  width: number;
}

function drawDashes({ context }: Frame, x: number, y: number, height: number, { dash, every, width }: Dashes): void {
  for (let at = y; at < y + height; at += every) context.fillRect(x, at, width, Math.min(dash, y + height - at));
}

/** A full head that points right, made of columns: a pen knows rectangles. */
function drawArrow({ context }: Frame, x: number, width: number, y: number, height: number): void {
  for (let column = 0; column < width; column++) {
    const high = height * (1 - column / width);
    context.fillRect(x + column, y + (height - high) / 2, Math.min(1, width - column), high);
  }
}

/** What an arrow leaves where it came from: the bar begins with a bite, edged. */
function drawNotch({ context, palette }: Frame, x: number, width: number, y: number, height: number): void {
  for (let column = 0; column < width; column++) {
    const high = height * (1 - column / width);
    const top = y + (height - high) / 2;
    context.fillStyle = palette.background;
    context.fillRect(x + column, top, Math.min(1, width - column), high);
    context.fillStyle = palette.presenceEdge;
    context.fillRect(x + column, top - 1, 1, 2);
    context.fillRect(x + column, top + high - 1, 1, 2);
  }
}
