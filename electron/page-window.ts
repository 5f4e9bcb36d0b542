import type { BrowserWindow, Session } from 'electron';
import type { ElectronApi } from './electron-api';
import { PAGE_ROOT } from './page-scheme';
import type { WindowState } from './window-state';

/** The one window, where it was last. Its page reaches Node by nothing but the preload, and can neither leave nor open another. */
export function createPageWindow(
  { BrowserWindow }: Pick<ElectronApi, 'BrowserWindow'>,
  preload: string,
  last?: WindowState,
): BrowserWindow {
  const window = new BrowserWindow({
    width: last?.width ?? 1440,
    height: last?.height ?? 900,
    ...(last && { x: last.x, y: last.y }),
    minWidth: 800,
    minHeight: 500,
    show: false,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (last?.maximized) window.maximize();
  const { webContents } = window;
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  const stayOnOwnPage = (event: { url: string; preventDefault(): void }): void => {
    if (!isOwnPage(event.url)) event.preventDefault();
  };
  webContents.on('will-navigate', stayOnOwnPage);
  webContents.on('will-frame-navigate', stayOnOwnPage);
  webContents.on('will-redirect', stayOnOwnPage);
  window.once('ready-to-show', () => window.show());
  return window;
}

/** What the copy buttons need; reading the clipboard stays denied. */
const MAY_COPY = 'clipboard-sanitized-write';

/** Denies every permission, asked for or looked up, but to put a text on the clipboard in our own page. */
export function restrictPermissions(session: Session): void {
  const isGranted = (permission: string, url: string): boolean => permission === MAY_COPY && isOwnPage(url);
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(isGranted(permission, requestingUrl)),
  );
  // an origin comes without a path, and of a scheme like ours with or without the slash
  session.setPermissionCheckHandler((_contents, permission, origin) =>
    isGranted(permission, origin.endsWith('/') ? origin : `${origin}/`),
  );
  session.setDevicePermissionHandler(() => false);
}

/** A page of ours, and nothing that merely begins like it. */
export function isOwnPage(url: string): boolean {
  return url.startsWith(PAGE_ROOT);
}
