import type { BrowserWindow, Session } from 'electron';
import type { ElectronApi } from './electron-api';
import { PAGE_ROOT } from './page-scheme';

/** The one window. Its page reaches Node by nothing but the preload, and can neither leave nor open another. */
export function createPageWindow(
  { BrowserWindow }: Pick<ElectronApi, 'BrowserWindow'>,
  preload: string,
): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
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

/** Denies every permission, asked for or looked up. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/** A page of ours, and nothing that merely begins like it. */
export function isOwnPage(url: string): boolean {
  return url.startsWith(PAGE_ROOT);
}
