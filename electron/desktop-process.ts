/** The engine, or the keeper of the case, in Electron's utilityProcess, started again when it crashes; ports are handed out, data never passes here. */
import { existsSync } from 'node:fs';
import type { UtilityProcess, WebContents } from 'electron';
import { isCaseNews } from '../shared/engine-control';
import type { CaseControl, CaseTold, EngineControl, GrantedPath } from '../shared/engine-control';
import { RestartPlan } from '../shared/restart';
import type { ElectronApi } from './electron-api';

interface DesktopProcessOptions {
  /** The built engine/start.ts or engine/case/start.ts. */
  file: string;
  args: string[];
  /** What the system calls the process. */
  name: string;
  /** On which the page is handed its ports. */
  channel: string;
  sample?: string;
  /** The keeper of the case has told which case is open. */
  onCase?(told: CaseTold): void;
  /** It crashed so often at once that it is not started again. */
  onGaveUp(): void;
}

/** One such process: windows get ports to it, and what it was granted outlives its crashes. */
export class DesktopProcess {
  readonly #electron: Pick<ElectronApi, 'MessageChannelMain' | 'utilityProcess'>;
  readonly #options: DesktopProcessOptions;
  /** By path, to grant them again after a restart. */
  readonly #offered = new Map<string, GrantedPath>();
  readonly #plan = new RestartPlan();
  #process: UtilityProcess | undefined;
  #page: WebContents | undefined;
  #told: CaseTold | undefined;
  #restart: NodeJS.Timeout | undefined;
  #stopping = false;

  constructor(electron: Pick<ElectronApi, 'MessageChannelMain' | 'utilityProcess'>, options: DesktopProcessOptions) {
    this.#electron = electron;
    this.#options = options;
    this.#start();
  }

  /** Hands the page one end of a new channel and the process the other; after a restart the page gets another. */
  connect(page: WebContents): void {
    this.#page = page;
    if (!this.#process || page.isDestroyed()) return;
    const { port1, port2 } = new this.#electron.MessageChannelMain();
    this.#process.postMessage({}, [port1]);
    page.postMessage(this.#options.channel, null, [port2]);
  }

  /** Grants the files and tells the page of them. */
  offer(files: readonly GrantedPath[]): void {
    for (const file of files) this.#offered.set(file.path, file);
    if (files.length > 0) this.#tell({ control: 'offer', files: [...files] });
  }

  /** Opens the case in a folder that the user has chosen. */
  openCase(folder: string): void {
    this.#tell({ control: 'open-case', folder });
  }

  /** Tells the engine which case is open; and again after a restart. */
  tellCase(told: CaseTold): void {
    this.#told = told;
    this.#tell({ control: 'case', told });
  }

  /** It brings to an end what it does, removes its temporary folder and ends. */
  stop(): void {
    this.#stopping = true;
    clearTimeout(this.#restart);
    this.#process?.kill();
  }

  #start(): void {
    const { file, args, name, sample } = this.#options;
    const child = this.#electron.utilityProcess.fork(file, args, {
      serviceName: name,
      stdio: 'ignore',
    });
    const startedAt = performance.now();
    this.#process = child;
    if (sample !== undefined) this.#tell({ control: 'sample', path: sample });
    if (this.#told) this.#tell({ control: 'case', told: this.#told });
    child.on('message', (message: unknown) => {
      if (isCaseNews(message)) this.#options.onCase?.(message.told);
    });
    const files = [...this.#offered.values()].filter(({ path }) => existsSync(path));
    if (files.length > 0) this.#tell({ control: 'offer', files, quiet: true });
    child.once('exit', () => {
      this.#process = undefined;
      if (this.#stopping) return;
      const pause = this.#plan.crashed(performance.now() - startedAt);
      if (pause === undefined) return this.#options.onGaveUp();
      this.#restart = setTimeout(() => {
        this.#start();
        if (this.#page) this.connect(this.#page);
      }, pause);
    });
  }

  #tell(control: EngineControl | CaseControl): void {
    this.#process?.postMessage(control);
  }
}
