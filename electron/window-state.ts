import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { BrowserWindow, Rectangle } from 'electron';
import * as v from 'valibot';
import type { ElectronApi } from './electron-api';

const Px = v.pipe(v.number(), v.safeInteger());
const Saved = v.object({ x: Px, y: Px, width: Px, height: Px, maximized: v.boolean() });
export type WindowState = v.InferOutput<typeof Saved>;

/** So much of the window must be on a screen that is still there, or it could not be taken hold of. */
const LEAST_PX = 100;

/** Where the window was last, kept in a small JSON file; undefined where there was none or its screen is gone. */
export function lastWindowState(file: string, { screen }: Pick<ElectronApi, 'screen'>): WindowState | undefined {
  try {
    const state = v.parse(Saved, JSON.parse(readFileSync(file, 'utf8')));
    return screen.getAllDisplays().some(({ workArea }) => reaches(state, workArea)) ? state : undefined;
  } catch {
    return undefined; // a convenience
  }
}

/** Keeps where the window is when it is closed. */
export function keepWindowState(file: string, window: BrowserWindow): void {
  window.on('close', () => {
    const state: WindowState = { ...window.getNormalBounds(), maximized: window.isMaximized() };
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.new`, JSON.stringify(state));
      renameSync(`${file}.new`, file);
    } catch {
      // the next window has the usual size
    }
  });
}

function reaches(state: Rectangle, screen: Rectangle): boolean {
  const across = Math.min(state.x + state.width, screen.x + screen.width) - Math.max(state.x, screen.x);
  // by its upper edge it is moved
  return across >= LEAST_PX && state.y >= screen.y && state.y <= screen.y + screen.height - LEAST_PX;
}
