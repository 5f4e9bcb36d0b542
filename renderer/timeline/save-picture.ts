import { saveBlob } from '../export/save-blob';
import { hatch } from './canvas/hatch';
import { drawPicture, pictureSize, timelineSvg } from './picture';
import type { Picture } from './picture';

/** Pixels of the PNG a CSS pixel, so that it can be printed; less where the picture would be too high for a canvas. */
const SHARP = 2;
const MOST_PIXELS = 16_000;

/** Saves the picture. Throws where the browser gives no canvas. */
export async function savePicture(picture: Picture, kind: 'png' | 'svg', name: string): Promise<void> {
  if (kind === 'svg') return saveBlob(new Blob([timelineSvg(picture)], { type: 'image/svg+xml' }), `${name}.svg`);
  const { width, height } = pictureSize(picture);
  const ratio = Math.min(SHARP, MOST_PIXELS / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new Error('This browser has no room for the picture. Save it as SVG.');
  drawPicture(context, (colour, lean) => hatch(context, colour, ratio, lean), picture, ratio);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('This browser could not write the PNG. Save it as SVG.');
  saveBlob(blob, `${name}.png`);
}
