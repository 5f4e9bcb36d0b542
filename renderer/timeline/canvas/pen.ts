/** What the drawing needs of a canvas context. The other one that can do it writes SVG (svg-pen.ts): one drawing for both. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | 'fillRect'
  | 'strokeRect'
  | 'fillText'
  | 'save'
  | 'restore'
  | 'beginPath'
  | 'rect'
  | 'globalAlpha'
  | 'lineWidth'
  | 'font'
  | 'textAlign'
  | 'textBaseline'
> & {
  fillStyle: string | CanvasPattern | CanvasGradient;
  strokeStyle: string | CanvasPattern | CanvasGradient;
  measureText(text: string): { width: number };
  /** Cuts to the rectangle of the last `rect`, until `restore`. */
  clip(): void;
  setTransform(a: number, b: number, c: number, d: number, x: number, y: number): void;
};

/** Which way stripes lean: up to the right for what is assumed, down to the right for where the log is silent. */
export type Lean = 'up' | 'down';

/** Diagonal stripes of a colour, as a fill of the pen at hand. */
export type Hatch = (colour: string, lean?: Lean) => string | CanvasPattern;
