import { basename } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';

interface MenuState {
  mac: boolean;
  appName: string;
  recent: readonly string[];
  open(): void;
  openFolder(): void;
  openSample(): void;
  openRecent(path: string): void;
  clearRecent(): void;
  showAbout(): void;
}

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

/** The native menu, as data. */
export function menuTemplate(state: MenuState): MenuItemConstructorOptions[] {
  const { mac, appName } = state;
  return [
    ...(mac ? [{ label: appName, role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    {
      label: '&File',
      submenu: [
        { label: 'Open…', accelerator: 'CmdOrCtrl+O', click: () => state.open() },
        { label: 'Open Folder…', click: () => state.openFolder() },
        { label: 'Open Recent', submenu: recentItems(state) },
        { label: 'Open Sample', click: () => state.openSample() },
        SEPARATOR,
        mac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        { role: 'reload' },
        { role: 'toggleDevTools' },
        SEPARATOR,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        SEPARATOR,
        { role: 'togglefullscreen' },
      ],
    },
    ...(mac ? [{ role: 'windowMenu' } satisfies MenuItemConstructorOptions] : []),
    { role: 'help', submenu: [{ label: `About ${appName}`, click: () => state.showAbout() }] },
  ];
}

function recentItems(state: MenuState): MenuItemConstructorOptions[] {
  if (state.recent.length === 0) return [{ label: 'No recent files', enabled: false }];
  return [
    ...state.recent.map((path) => ({
      label: plainLabel(basename(path)),
      sublabel: plainLabel(path),
      toolTip: path,
      click: () => state.openRecent(path),
    })),
    SEPARATOR,
    { label: 'Clear Recent', click: () => state.clearRecent() },
  ];
}

/** A menu takes & as the mark of its shortcut letter. */
function plainLabel(text: string): string {
  return text.replaceAll('&', '&&');
}
