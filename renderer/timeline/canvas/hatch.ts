/** The last pattern made: a frame asks for the same one over and over. */
let last: { key: string; pattern: CanvasPattern } | undefined;

/** Diagonal stripes of one colour, sharp at any pixel ratio. */
export function hatch(context: CanvasRenderingContext2D, colour: string, ratio: number): CanvasPattern | string {
  const key = `${colour} ${ratio}`;
  if (last?.key === key) return last.pattern;
  const size = Math.max(4, Math.round(6 * ratio));
  const tile = document.createElement('canvas');
  tile.width = size;
  tile.height = size;
  const brush = tile.getContext('2d');
  if (!brush) return colour;
  brush.strokeStyle = colour;
  brush.lineWidth = size / 3;
  // three strokes, so that the stripes meet across the edges of the tile
  for (const shift of [-size, 0, size]) {
    brush.beginPath();
    brush.moveTo(shift - 1, size + 1);
    brush.lineTo(shift + size + 1, -1);
    brush.stroke();
  }
  const pattern = context.createPattern(tile, 'repeat');
  if (!pattern) return colour;
  pattern.setTransform(new DOMMatrix().scale(1 / ratio));
  last = { key, pattern };
  return pattern;
}
