/** The desktop shell: one window, one engine, and the ways in which files come in. Electron is passed in: electron-api.ts. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import * as v from 'valibot';
import { messageOf } from '../shared/errors';
import { DesktopProcess } from './desktop-process';
import { CHANNELS } from './electron-api';
import type { ElectronApi } from './electron-api';
import { grantedPath } from './granted-path';
import { menuTemplate } from './menu-template';
import { answerPage } from './page-requests';
import { PAGE_ROOT, registerPageScheme, servePageScheme } from './page-scheme';
import { createPageWindow, restrictPermissions } from './page-window';
import { RecentFiles } from './recent-files';
import { keepWindowState, lastWindowState } from './window-state';

interface DesktopPaths {
  /** The built engine/start.ts. */
  engine: string;
  /** The built engine/case/start.ts. */
  case: string;
  /** The built preload.ts. */
  preload: string;
  /** The built renderer's folder. */
  renderer: string;
  /** The bundled sample. */
  sample: string;
}

/** What a second start of the app tells the first. */
const SecondStart = v.object({ files: v.array(v.string()) });

/** Starts the app with the files of its command line (absolute paths); a second start hands them to the first and quits. */
export async function startDesktop(
  electron: ElectronApi,
  paths: DesktopPaths,
  files: readonly string[],
  platform: NodeJS.Platform = process.platform,
): Promise<void> {
  const { app } = electron;
  const toTheFirst: v.InferInput<typeof SecondStart> = { files: [...files] };
  if (!app.requestSingleInstanceLock(toTheFirst)) return app.quit();
  app.enableSandbox();
  registerPageScheme(electron);

  // macOS may name the file that started the app before it is ready
  const early = [...files];
  let desktop: Desktop | undefined;
  const open = (more: readonly string[]): void => {
    if (desktop) desktop.open(more);
    else early.push(...more);
  };
  app.on('open-file', (event, path) => {
    event.preventDefault();
    open([path]);
  });
  app.on('second-instance', (_event, _argv, _folder, data) => {
    const start = v.safeParse(SecondStart, data);
    open(start.success ? start.output.files : []);
  });

  await app.whenReady();
  restrictPermissions(electron.session.defaultSession);
  servePageScheme(electron, paths.renderer);
  desktop = new Desktop(electron, paths, platform);
  desktop.open(early);
}

class Desktop {
  readonly #electron: ElectronApi;
  readonly #paths: DesktopPaths;
  readonly #mac: boolean;
  readonly #recent: RecentFiles;
  readonly #engine: DesktopProcess;
  readonly #case: DesktopProcess;
  readonly #windowFile: string;
  #window: BrowserWindow | undefined;

  constructor(electron: ElectronApi, paths: DesktopPaths, platform: NodeJS.Platform) {
    this.#electron = electron;
    this.#paths = paths;
    this.#mac = platform === 'darwin';
    this.#recent = new RecentFiles(join(electron.app.getPath('userData'), 'recent.json'));
    const userData = electron.app.getPath('userData');
    this.#windowFile = join(userData, 'window.json');
    // what this run has open, for an engine or a keeper that is started again; the run before is over
    const [lastOpened, session] = [join(userData, 'open-log'), join(userData, 'open-case')];
    for (const file of [lastOpened, session]) rmSync(file, { force: true });
    this.#engine = new DesktopProcess(electron, {
      file: paths.engine,
      args: [lastOpened],
      name: 'Doppel engine',
      channel: CHANNELS.port,
      sample: paths.sample,
      onGaveUp: () =>
        electron.dialog.showErrorBox('The engine cannot be started', 'Doppel tried several times. Install it again.'),
    });
    this.#case = new DesktopProcess(electron, {
      file: paths.case,
      args: ['', 'user', session],
      name: 'Doppel case',
      channel: CHANNELS.casePort,
      onCase: (told) => this.#engine.tellCase(told),
      onGaveUp: () =>
        electron.dialog.showErrorBox('Decisions cannot be saved', 'Doppel tried several times. Start it again.'),
    });
    answerPage(electron, {
      showCaseDialog: () => this.#showCaseDialog(),
      showOpenDialog: (kind) => this.#showOpenDialog(kind),
      open: (path) => this.#offer([path]),
    });
    electron.app.on('activate', () => this.#show());
    electron.app.on('window-all-closed', () => {
      if (!this.#mac) electron.app.quit();
    });
    electron.app.on('will-quit', () => {
      this.#engine.stop();
      this.#case.stop();
    });
    this.#setMenu();
  }

  /** Brings the window to the front and opens the files in it; those that will not do are named in a dialog. */
  open(files: readonly string[]): void {
    this.#show();
    const problems: string[] = [];
    const good = files.filter((file) => {
      try {
        grantedPath(file);
        return true;
      } catch (error) {
        problems.push(messageOf(error));
        this.#recent.remove(file);
        return false;
      }
    });
    if (good.length > 0) this.#offer(good);
    if (problems.length === 0) return;
    this.#setMenu();
    this.#electron.dialog.showErrorBox('Not every file could be opened', problems.join('\n'));
  }

  #offer(files: readonly string[]): void {
    this.#engine.offer(files.map(grantedPath));
    this.#recent.add(files);
    for (const file of files) this.#electron.app.addRecentDocument(file);
    this.#setMenu();
  }

  #show(): void {
    if (this.#window) {
      if (this.#window.isMinimized()) this.#window.restore();
      return this.#window.focus();
    }
    const last = lastWindowState(this.#windowFile, this.#electron);
    const window = createPageWindow(this.#electron, this.#paths.preload, last);
    keepWindowState(this.#windowFile, window);
    this.#window = window;
    window.on('closed', () => (this.#window = undefined));
    // after a reload as well: the page that had the old port is gone
    window.webContents.on('did-finish-load', () => {
      this.#engine.connect(window.webContents);
      this.#case.connect(window.webContents);
    });
    // a window that is closed while it loads is no failure
    window.loadURL(`${PAGE_ROOT}index.html`).catch(() => undefined);
    return undefined;
  }

  /** Windows and Linux have no dialog for both. */
  async #showOpenDialog(kind: 'openFile' | 'openDirectory'): Promise<void> {
    const options = { properties: [kind, 'multiSelections' as const] };
    const { dialog } = this.#electron;
    const { filePaths } = await (this.#window
      ? dialog.showOpenDialog(this.#window, options)
      : dialog.showOpenDialog(options));
    if (filePaths.length > 0) this.open(filePaths);
  }

  /** The folder of a case, an empty one for a new case. */
  async #showCaseDialog(): Promise<void> {
    const options = { properties: ['openDirectory' as const, 'createDirectory' as const] };
    const { dialog } = this.#electron;
    const chosen = await (this.#window ? dialog.showOpenDialog(this.#window, options) : dialog.showOpenDialog(options));
    const [folder] = chosen.filePaths;
    if (folder !== undefined) this.#case.openCase(folder);
  }

  #setMenu(): void {
    const { app, Menu } = this.#electron;
    const template = menuTemplate({
      mac: this.#mac,
      appName: app.name,
      recent: this.#recent.paths,
      open: () => void this.#showOpenDialog('openFile'),
      openFolder: () => void this.#showOpenDialog('openDirectory'),
      openSample: () => {
        this.#show();
        this.#engine.offer([grantedPath(this.#paths.sample)]);
      },
      openRecent: (path) => this.open([path]),
      clearRecent: () => {
        this.#recent.clear();
        app.clearRecentDocuments();
        this.#setMenu();
      },
      showAbout: () => app.showAboutPanel(),
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }
}
