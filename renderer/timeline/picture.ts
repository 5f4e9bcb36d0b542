/** A timeline as a picture to hand on: title, source IPs, the lanes with everything on them, time zone, legend. */
import { ENDINGS } from '../../shared/domain';
import type { Ending, Starting } from '../../shared/domain';
import { visibleText } from '../../shared/visible-text';
import { formatSpan, wholeSecond } from '../format-time';
import { zoneName } from '../time-zone/zone';
import { drawForm } from './canvas/bar-form';
import { drawGapForm } from './canvas/draw-gaps';
import { drawTimeline } from './canvas/draw';
import type { Scene } from './canvas/draw';
import type { Palette } from './canvas/palette';
import type { Hatch, Pen } from './canvas/pen';
import { SvgPen } from './canvas/svg-pen';
import { ENDING_MARKS, laneNote } from './describe';
import { TOP, layOut } from './math/layout';
import { TimeScale } from './math/time-scale';
import type { TimelineModel } from './model';
import type { RecordTicks } from './record-ticks';
import type { TimeWindow } from './time-window';

const HEADS = 350;
const HEADER = 60;
const LANE = 26;
const LEGEND_ROW = 22;
const LEGEND = 2 * LEGEND_ROW + 6;
const WIDTH = 1400;
/** Longer than an IPv4 address, such as IPv6 or a pseudonym: written smaller, so that they are told apart. */
const LONG_NAME = 15;
/** A picture of more lanes than this is no longer one to read, and higher than an image may be. */
const MOST_LANES = 400;

export interface Picture {
  model: TimelineModel;
  records?: RecordTicks | undefined;
  window: TimeWindow;
  /** Whose timeline it is. */
  user: string;
  palette: Palette;
}

/** In CSS pixels. */
export function pictureSize({ model }: Picture): { width: number; height: number } {
  return { width: WIDTH, height: HEADER + TOP + Math.min(MOST_LANES, model.lanes.length) * LANE + LEGEND };
}

/** The whole picture as SVG, without a page or a canvas. Log values in it are escaped. */
export function timelineSvg(picture: Picture): string {
  const pen = new SvgPen();
  drawPicture(pen, pen.hatch, picture, 1);
  const { width, height } = pictureSize(picture);
  return pen.text(width, height, `Timeline of ${picture.user}`);
}

/** Draws the picture with any pen; `ratio` is the pen's pixels a CSS pixel. */
export function drawPicture(pen: Pen, hatch: Hatch, picture: Picture, ratio: number): void {
  const { model, window, palette } = picture;
  const { width, height } = pictureSize(picture);
  const lanes = Math.min(MOST_LANES, model.lanes.length);
  const layout = { ...layOut(width - HEADS, TOP + lanes * LANE, lanes, 0), laneHeight: LANE, scroll: 0 };
  const nothing = { hover: undefined, focus: undefined, records: picture.records };
  const scene: Scene = { model, window, layout, palette, ratio, hatch, origin: { x: HEADS, y: HEADER }, ...nothing };

  pen.save();
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.textBaseline = 'middle';
  pen.textAlign = 'left';
  pen.fillStyle = palette.background;
  pen.fillRect(0, 0, width, height);
  const write = (text: string, x: number, y: number, room: number, font = '11px', colour = palette.text): void => {
    pen.font = `${font} ${palette.font}`;
    pen.fillStyle = colour;
    pen.fillText(fitted(pen, visibleText(text), room), x, y);
  };
  write(`Timeline of ${picture.user}`, 14, 20, width - 28, '600 15px');
  const cut = lanes < model.lanes.length ? `; the first ${lanes} of ${model.lanes.length} lanes` : '';
  write(
    `${formatSpan(wholeSecond(window.from), wholeSecond(window.to))}${cut}`,
    14,
    43,
    width - 28,
    '12px',
    palette.muted,
  );
  write(`Times in ${zoneName()}`, 14, HEADER + 28, HEADS - 20, '11px', palette.muted);
  write('Overlaps', 14, HEADER + TOP - 12, HEADS - 20, '600 11px', palette.overlap);
  model.lanes.slice(0, lanes).forEach((lane, index) => {
    const y = HEADER + TOP + (index + 0.5) * LANE;
    if (lane.head !== undefined) {
      // a user's name is longer than an address: it has a line of its own
      write(lane.owner?.name ?? '', 14, y - 6, HEADS - 20, '600 11px');
      write(lane.head, 14, y + 7, HEADS - 20, '10px', palette.muted);
      return;
    }
    const font = lane.SrcIpAddr.length > LONG_NAME ? '600 10px' : '600 12px';
    write(lane.SrcIpAddr, lane.owner ? 26 : 14, y, lane.owner ? 128 : 140, font);
    write(laneNote(lane), 160, y, HEADS - 166, '11px', palette.muted);
  });
  pen.restore();

  pen.save();
  pen.setTransform(ratio, 0, 0, ratio, HEADS * ratio, HEADER * ratio);
  pen.beginPath();
  pen.rect(0, 0, layout.width, layout.height);
  pen.clip();
  drawTimeline(pen, scene);
  pen.restore();
  drawLegend(pen, scene, { x: 14, y: height - LEGEND + 6 }, ratio);
}

/** The same forms as in the lanes, each with its words, in as many rows as they need. */
function drawLegend(pen: Pen, scene: Scene, at: { x: number; y: number }, ratio: number): void {
  const { palette, window, model } = scene;
  pen.save();
  pen.setTransform(ratio, 0, 0, ratio, at.x * ratio, at.y * ratio);
  const frame = {
    ...scene,
    context: pen,
    scale: new TimeScale(window, 100),
    columns: new Uint8Array(1),
    barLengths: [],
  };
  let [x, y] = [0, 0];
  const mark = (words: string, draw: (left: number, top: number) => void): void => {
    pen.font = `11px ${palette.font}`;
    const width = 40 + pen.measureText(words).width + 20;
    if (x + width > WIDTH - 2 * at.x) [x, y] = [0, y + LEGEND_ROW];
    draw(x, y);
    pen.globalAlpha = 1;
    pen.fillStyle = palette.text;
    pen.fillText(words, x + 40, y + 8);
    x += width;
  };
  const bar = (starting: Starting, ending: Ending) => (left: number, top: number) => {
    const assumedFrom = ending === 'log-end' ? left + 10 : left + 32;
    drawForm(frame, { starting, ending, assumedFrom }, left, left + 32, top);
  };
  for (const ending of ENDINGS) mark(ENDING_MARKS[ending], bar('told', ending));
  mark('starts when first seen', bar('first-seen', 'closed'));
  if (scene.records) {
    mark('a record', (left, top) => {
      pen.fillStyle = palette.text;
      for (const tick of [8, 17, 26]) pen.fillRect(left + tick, top + 6, 1, 4);
    });
  }
  mark('two source IPs at once', (left, top) => {
    pen.fillStyle = palette.overlapBand;
    pen.fillRect(left, top, 32, 16);
    pen.fillStyle = palette.overlap;
    pen.fillRect(left, top, 2, 16);
    pen.fillRect(left + 30, top, 2, 16);
  });
  if (model.gaps.length > 0) {
    mark('the log has no records', (left, top) => drawGapForm(frame, left, top, 32, 16));
  }
  pen.restore();
}

/** The text, or as much of it as the room holds, with an ellipsis. */
function fitted(pen: Pen, text: string, room: number): string {
  if (pen.measureText(text).width <= room) return text;
  let length = text.length;
  while (length > 1 && pen.measureText(`${text.slice(0, length)}…`).width > room) length--;
  return `${text.slice(0, length)}…`;
}
