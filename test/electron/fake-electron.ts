/** Electron, as far as the desktop shell can tell: events, recorded calls, and ports that really carry messages. */
import { EventEmitter } from 'node:events';
import { vi } from 'vitest';
import type { DomPort } from '../../shared/channel';
import type { ElectronApi } from '../../electron/electron-api';

/** MessagePortMain: its messages are { data, ports }, and none arrives before start(). */
export class FakePort extends EventEmitter {
  peer: FakePort | undefined;
  #started = false;
  readonly #queue: unknown[] = [];

  postMessage(data: unknown): void {
    const event = { data: structuredClone(data), ports: [] };
    queueMicrotask(() => this.peer?.deliver(event));
  }

  deliver(event: unknown): void {
    if (this.#started) this.emit('message', event);
    else this.#queue.push(event);
  }

  start(): void {
    this.#started = true;
    for (const event of this.#queue.splice(0)) this.emit('message', event);
  }

  close(): void {
    this.emit('close');
    this.peer?.emit('close');
  }
}

/** The port as a page has it. */
export function domPortOf(port: FakePort): DomPort {
  return {
    postMessage: (message) => port.postMessage(message),
    addEventListener: (name: string, listener: (event: { data: unknown }) => void) => void port.on(name, listener),
    start: () => port.start(),
    close: () => port.close(),
  };
}

class FakeChannel {
  readonly port1 = new FakePort();
  readonly port2 = new FakePort();
  constructor() {
    this.port1.peer = this.port2;
    this.port2.peer = this.port1;
  }
}

class FakeContents extends EventEmitter {
  readonly mainFrame: { url: string } = { url: 'doppel://app/index.html' };
  readonly setWindowOpenHandler = vi.fn<(handler: (details: { url: string }) => { action: string }) => void>();
  readonly postMessage = vi.fn<(channel: string, message: unknown, ports: FakePort[]) => void>();
  isDestroyed(): boolean {
    return false;
  }
}

export class FakeWindow extends EventEmitter {
  static readonly all: FakeWindow[] = [];
  readonly webContents = new FakeContents();
  readonly loadURL = vi.fn<(url: string) => Promise<void>>(() => Promise.resolve());
  readonly show = vi.fn<() => void>();
  readonly focus = vi.fn<() => void>();
  readonly restore = vi.fn<() => void>();
  readonly maximize = vi.fn<() => void>();
  minimized = false;
  maximized = false;
  bounds = { x: 10, y: 20, width: 1000, height: 700 };
  constructor(
    readonly options: { webPreferences: Record<string, unknown>; width: number; height: number; x?: number },
  ) {
    super();
    FakeWindow.all.push(this);
  }
  getNormalBounds(): { x: number; y: number; width: number; height: number } {
    return this.bounds;
  }
  isMaximized(): boolean {
    return this.maximized;
  }
  isMinimized(): boolean {
    return this.minimized;
  }
}

export class FakeEngine extends EventEmitter {
  readonly postMessage = vi.fn<(message: unknown, ports?: FakePort[]) => void>();
  readonly kill = vi.fn<() => boolean>(() => true);
}

export type Answer = (event: unknown, ...args: unknown[]) => Promise<unknown>;
export interface MenuItem {
  label?: string;
  role?: string;
  enabled?: boolean;
  click?: () => void;
  submenu?: MenuItem[];
}

type PermissionRequest = (
  contents: unknown,
  permission: string,
  answer: (granted: boolean) => void,
  details: { requestingUrl: string },
) => void;

export function fakeElectron(userData: string) {
  FakeWindow.all.length = 0;
  const engines: FakeEngine[] = [];
  const keepers: FakeEngine[] = [];
  const answers = new Map<string, Answer>();
  const calls: string[] = [];
  const fake = {
    app: Object.assign(new EventEmitter(), {
      name: 'Doppel',
      requestSingleInstanceLock: vi.fn<(data: unknown) => boolean>(() => true),
      enableSandbox: vi.fn<() => void>(),
      whenReady: vi.fn<() => Promise<void>>(() => {
        calls.push('whenReady');
        return Promise.resolve();
      }),
      quit: vi.fn<() => void>(),
      getPath: () => userData,
      addRecentDocument: vi.fn<(path: string) => void>(),
      clearRecentDocuments: vi.fn<() => void>(),
      showAboutPanel: vi.fn<() => void>(),
    }),
    BrowserWindow: FakeWindow,
    MessageChannelMain: FakeChannel,
    Menu: {
      buildFromTemplate: (template: MenuItem[]) => template,
      setApplicationMenu: vi.fn<(menu: MenuItem[]) => void>(),
    },
    dialog: {
      showOpenDialog: vi.fn<() => Promise<{ canceled: boolean; filePaths: string[] }>>(() =>
        Promise.resolve({ canceled: true, filePaths: [] }),
      ),
      showErrorBox: vi.fn<(title: string, content: string) => void>(),
    },
    ipcMain: { handle: (channel: string, answer: Answer) => void answers.set(channel, answer) },
    protocol: {
      registerSchemesAsPrivileged: vi.fn<(schemes: unknown) => void>(() => void calls.push('registerSchemes')),
      handle: vi.fn<(scheme: string, answer: (request: Request) => Promise<Response>) => void>(),
    },
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }] },
    session: {
      defaultSession: {
        setPermissionRequestHandler: vi.fn<(handler: PermissionRequest) => void>(),
        setPermissionCheckHandler:
          vi.fn<(handler: (contents: unknown, permission: string, origin: string) => boolean) => void>(),
        setDevicePermissionHandler: vi.fn<(handler: () => boolean) => void>(),
      },
    },
    utilityProcess: {
      fork: vi.fn<(file: string, args: string[]) => FakeEngine>((file) => {
        const child = new FakeEngine();
        (file.endsWith('case.js') ? keepers : engines).push(child);
        return child;
      }),
    },
  };
  return {
    // the fake has every member that the shell uses, which its tests prove by running it
    electron: fake as unknown as ElectronApi,
    fake,
    engines,
    keepers,
    answers,
    calls,
    windows: FakeWindow.all,
  };
}
