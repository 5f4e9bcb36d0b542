import type { Axis } from '../math/axis';
import { AXIS_HEIGHT } from '../math/layout';
import type { Frame } from './draw';
import type { Chip } from './draw-marks';

const PERIOD_Y = 11;
const TICK_Y = 28;

/** Vertical lines at the ticks, behind the bars; at the start of a day (month, year) a stronger one. */
export function drawGrid({ context, scale, palette, layout }: Frame, axis: Axis): void {
  const starts = new Set(axis.periods.map((period) => period.from));
  context.fillStyle = palette.line;
  for (const { time } of axis.ticks) {
    context.globalAlpha = starts.has(time) ? 1 : 0.55;
    context.fillRect(Math.round(scale.x(time)), 0, 1, layout.height);
  }
  context.globalAlpha = 1;
}

/**
 * Two rows: the day above, clock times below it. The day at the left edge stays in sight while its part is panned. Where the
 * chips will stand nothing is written: half a time beside another one would be read as one.
 */
export function drawAxis({ context, scale, palette, layout }: Frame, axis: Axis, chips: readonly Chip[]): void {
  const chipOn = (row: Chip['row'], x: number, width: number): Chip | undefined =>
    chips.find((chip) => chip.row === row && x < chip.x + chip.width && x + width > chip.x);
  context.fillStyle = palette.background;
  context.fillRect(0, 0, layout.width, AXIS_HEIGHT);
  context.fillStyle = palette.line;
  context.fillRect(0, AXIS_HEIGHT - 1, layout.width, 1);

  context.textAlign = 'left';
  context.font = `600 11px ${palette.font}`;
  axis.periods.forEach((period, index) => {
    const x = Math.round(scale.x(period.from));
    const chip = chipOn('period', Math.max(x, 0) + 5, context.measureText(period.short).width);
    const textX = (chip ? chip.x + chip.width : Math.max(x, 0)) + 5;
    const next = axis.periods[index + 1];
    const end = next ? scale.x(next.from) : layout.width;
    if (x >= 0) {
      context.fillStyle = palette.muted;
      context.fillRect(x, 0, 1, AXIS_HEIGHT);
    }
    context.fillStyle = palette.text;
    const fits = (text: string): boolean => textX + context.measureText(text).width < end;
    // the only label there is gets written even where it is cut: a date must always be readable
    if (fits(period.label) || axis.periods.length === 1) context.fillText(period.label, textX, PERIOD_Y);
    else if (fits(period.short)) context.fillText(period.short, textX, PERIOD_Y);
  });

  context.font = `11px ${palette.font}`;
  for (const { time, label } of axis.ticks) {
    const x = Math.round(scale.x(time));
    context.fillStyle = palette.line;
    context.fillRect(x, AXIS_HEIGHT - 6, 1, 5);
    context.fillStyle = palette.muted;
    const { width } = context.measureText(label);
    if (x + 5 + width < layout.width && !chipOn('tick', x + 5, width)) context.fillText(label, x + 5, TICK_Y);
  }
}
