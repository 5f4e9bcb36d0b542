import type { Lean } from './pen';

/** The patterns made last: a frame asks for the same few over and over. */
const known = new Map<string, CanvasPattern>();
const MOST_KNOWN = 8;

/** Diagonal stripes of one colour, sharp at any pixel ratio. */
export function hatch(
  context: CanvasRenderingContext2D,
  colour: string,
  ratio: number,
  lean: Lean = 'up',
): CanvasPattern | string {
  const key = `${lean} ${colour} ${ratio}`;
  const before = known.get(key);
  if (before) return before;
  const size = Math.max(4, Math.round(6 * ratio));
  const tile = document.createElement('canvas');
  tile.width = size;
  tile.height = size;
  const brush = tile.getContext('2d');
  if (!brush) return colour;
  brush.strokeStyle = colour;
  brush.lineWidth = lean === 'up' ? size / 3 : size / 6;
  const [bottom, top] = lean === 'up' ? [size + 1, -1] : [-1, size + 1];
  // three strokes, so that the stripes meet across the edges of the tile
  for (const shift of [-size, 0, size]) {
    brush.beginPath();
    brush.moveTo(shift - 1, bottom);
    brush.lineTo(shift + size + 1, top);
    brush.stroke();
  }
  const pattern = context.createPattern(tile, 'repeat');
  if (!pattern) return colour;
  pattern.setTransform(new DOMMatrix().scale(1 / ratio));
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, pattern);
  return pattern;
}
