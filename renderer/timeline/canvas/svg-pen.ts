import { visibleText } from '../../../shared/visible-text';
import type { Lean, Pen } from './pen';

interface State {
  fillStyle: Pen['fillStyle'];
  strokeStyle: Pen['strokeStyle'];
  globalAlpha: number;
  lineWidth: number;
  font: string;
  shift: { x: number; y: number };
  /** What `restore` closes. */
  clips: number;
}

/** Writes what is drawn as SVG text. Needs no page; so texts are measured by a table of typical widths. */
export class SvgPen implements Pen {
  fillStyle: Pen['fillStyle'] = '#000';
  strokeStyle: Pen['strokeStyle'] = '#000';
  globalAlpha = 1;
  lineWidth = 1;
  font = '11px sans-serif';
  textAlign: CanvasTextAlign = 'left';
  textBaseline: CanvasTextBaseline = 'middle';
  #shift = { x: 0, y: 0 };
  #clips = 0;
  #rect = { x: 0, y: 0, width: 0, height: 0 };
  readonly #saved: State[] = [];
  readonly #parts: string[] = [];
  readonly #patterns = new Map<string, string>();

  /** The fill of stripes; each is defined once. */
  readonly hatch = (colour: string, lean: Lean = 'up'): string => {
    const id = `doppel-hatch-${lean}-${colour.replace(/[^a-z0-9]+/gi, '-')}`;
    this.#patterns.set(
      id,
      `<pattern id="${id}" width="4.24" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(${lean === 'up' ? 45 : -45})">` +
        `<rect width="${lean === 'up' ? 2 : 1}" height="6" fill="${escapeXml(colour)}"/></pattern>`,
    );
    return `url(#${id})`;
  };

  fillRect(x: number, y: number, width: number, height: number): void {
    if (width > 0 && height > 0) this.#add('rect', { ...this.#box(x, y, width, height), ...this.#fill() });
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    const stroke = { fill: 'none', stroke: plain(this.strokeStyle), 'stroke-width': this.lineWidth };
    this.#add('rect', { ...this.#box(x, y, width, height), ...stroke });
  }

  fillText(text: string, x: number, y: number): void {
    const [, weight, size = '11', family = 'sans-serif'] = /^(?:(\d+) )?([\d.]+)px (.*)$/.exec(this.font) ?? [];
    const place = { x: short(x + this.#shift.x), y: short(y + this.#shift.y) };
    const font = { 'font-size': size, 'font-family': family, ...(weight ? { 'font-weight': weight } : {}) };
    this.#parts.push(
      `<text${attributes({ ...place, ...this.#fill(), ...font, 'dominant-baseline': 'central' })}>${escapeXml(text)}</text>`,
    );
  }

  measureText(text: string): { width: number } {
    const size = Number(/([\d.]+)px/.exec(this.font)?.[1] ?? 11);
    let width = 0;
    for (const character of text)
      width += /[ ilj.,:;'|!·]/.test(character) ? 0.36 : /[^ -~]|[mwMW@]/.test(character) ? 1 : 0.64;
    return { width: width * size };
  }

  save(): void {
    const { fillStyle, strokeStyle, globalAlpha, lineWidth, font } = this;
    this.#saved.push({ fillStyle, strokeStyle, globalAlpha, lineWidth, font, shift: this.#shift, clips: this.#clips });
    this.#clips = 0;
  }

  restore(): void {
    const before = this.#saved.pop();
    if (!before) return;
    for (; this.#clips > 0; this.#clips--) this.#parts.push('</svg>');
    const { shift, clips, ...state } = before;
    Object.assign(this, state);
    this.#shift = shift;
    this.#clips = clips;
  }

  beginPath(): void {}

  rect(x: number, y: number, width: number, height: number): void {
    this.#rect = { x, y, width, height };
  }

  clip(): void {
    const { x, y, width, height } = this.#rect;
    const box = this.#box(x, y, Math.max(0, width), Math.max(0, height));
    const viewBox = `${box.x} ${box.y} ${box.width} ${box.height}`;
    this.#parts.push(`<svg${attributes({ ...box, viewBox, overflow: 'hidden' })}>`);
    this.#clips++;
  }

  setTransform(_a: number, _b: number, _c: number, _d: number, x: number, y: number): void {
    this.#shift = { x, y };
  }

  /** The whole document. The title is what a screen reader says of the picture. */
  text(width: number, height: number, title: string): string {
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
      `<title>${escapeXml(title)}</title><defs>${[...this.#patterns.values()].join('')}</defs>${this.#parts.join('')}</svg>\n`
    );
  }

  #box(x: number, y: number, width: number, height: number) {
    return { x: short(x + this.#shift.x), y: short(y + this.#shift.y), width: short(width), height: short(height) };
  }

  #fill(): Record<string, string | number> {
    const alpha = this.globalAlpha < 1 ? { 'fill-opacity': short(this.globalAlpha) } : {};
    return { fill: plain(this.fillStyle), ...alpha };
  }

  #add(tag: string, values: Record<string, string | number>): void {
    this.#parts.push(`<${tag}${attributes(values)}/>`);
  }
}

function attributes(values: Record<string, string | number>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');
}

/** A canvas pattern means nothing here; this pen's own stripes are texts. */
const plain = (style: Pen['fillStyle']): string => (typeof style === 'string' ? style : 'none');
const short = (value: number): number => Math.round(value * 100) / 100;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as XML: controls and bidi marks are spelled out, halves of characters replaced, markup escaped. */
export function escapeXml(text: string): string {
  return visibleText(text)
    .replace(/[\u{D800}-\u{DFFF}\uFFFE\uFFFF]/gu, '\uFFFD')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
