import { drawTimeline } from './canvas/draw';
import type { Scene } from './canvas/draw';
import { hatch } from './canvas/hatch';
import { readPalette, watchTheme } from './canvas/palette';
import type { Palette } from './canvas/palette';

export interface ViewElements {
  canvas: HTMLCanvasElement;
  /** Scrolls the lanes; the canvas sticks to its top. */
  scroller: HTMLElement;
  /** Moves with the lanes. */
  heads: HTMLElement;
}

/** What the view says of a frame; the rest the surface knows itself. */
type ViewScene = Omit<Scene, 'palette' | 'ratio' | 'hatch' | 'origin'>;

/** The canvas of a timeline: draws what the view shows now, at most once a frame, in the colours that the page has now. */
export class Surface {
  #palette: Palette;
  #frame = 0;
  readonly #context: CanvasRenderingContext2D | null;
  readonly #unwatch: () => void;

  constructor(
    readonly elements: ViewElements,
    readonly scene: () => ViewScene,
  ) {
    const { canvas } = elements;
    this.#palette = readPalette(canvas);
    this.#context = canvas.getContext('2d', { alpha: false });
    this.#unwatch = watchTheme(() => {
      this.#palette = readPalette(canvas);
      this.draw();
    });
  }

  draw(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    this.#unwatch();
    delete this.elements.canvas.dataset['ready'];
  }

  #paint(): void {
    const { canvas, heads } = this.elements;
    const scene = this.scene();
    const { width, height, scroll } = scene.layout;
    if (!this.#context || width < 2 || height < 2) return;
    const ratio = devicePixelRatio;
    const pixels = { width: Math.round(width * ratio), height: Math.round(height * ratio) };
    if (canvas.width !== pixels.width || canvas.height !== pixels.height) Object.assign(canvas, pixels);
    heads.style.transform = `translateY(${-scroll}px)`;
    const context = this.#context;
    drawTimeline(context, {
      ...scene,
      palette: this.#palette,
      ratio,
      hatch: (colour, lean) => hatch(context, colour, ratio, lean),
      origin: { x: 0, y: 0 },
    });
    canvas.dataset['ready'] = 'true';
  }
}
