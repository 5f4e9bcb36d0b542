/** The engine, or the keeper of a case, in a process of its own, started again when it crashes. A crash there never takes this process with it. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Channel } from '../../shared/channel';
import { isCaseNews } from '../../shared/engine-control';
import type { CaseTold, EngineControl, GrantedPath } from '../../shared/engine-control';
import { mux } from '../../shared/mux';
import type { MuxMessage } from '../../shared/mux';
import { RestartPlan } from '../../shared/restart';
import type { Limits } from '../../shared/sources';
import { STOP_SIGNALS } from '../stop-signals';

interface EngineProcessOptions {
  /** The built engine/start.ts or engine/case/start.ts. */
  file: string;
  /** Its arguments. For the engine: a file that tells what is open, and private folders of ours, which it removes should we be killed. For a case: its folder. */
  args: readonly string[];
  sample?: string | undefined;
  limits?: Limits | undefined;
  /** The keeper of the case has told which case is open. */
  onCase?: (told: CaseTold) => void;
  /** The engine ended by itself, for `reason`. `gaveUp`: it ended so often at once that it is not started again. */
  onCrash(reason: string, gaveUp: boolean): void;
}

const HEARD_WITHIN_MS = 300;
const STOP_WITHIN_MS = 2000;
const STDERR_KEPT = 4096;

interface Running {
  child: ChildProcess;
  channels: { open(): Channel };
}

/** One such process: pages get channels to it, and what it was granted outlives its crashes. */
export class EngineProcess {
  readonly #options: EngineProcessOptions;
  /** By path, to grant them again after a restart. */
  readonly #offered = new Map<string, GrantedPath>();
  readonly #plan = new RestartPlan();
  #running: Running | undefined;
  #case: CaseTold | undefined;
  #restart: NodeJS.Timeout | undefined;
  #stopping = false;

  constructor(options: EngineProcessOptions) {
    this.#options = options;
    this.#start();
  }

  get pid(): number | undefined {
    return this.#running?.child.pid;
  }

  /** A channel of its own to the engine; undefined while there is none, after a crash. */
  open(): Channel | undefined {
    return this.#running?.channels.open();
  }

  /** Grants the files and tells every connected page of them. They are granted again after a restart. */
  offer(files: readonly GrantedPath[]): void {
    for (const file of files) this.#offered.set(file.path, file);
    if (files.length > 0) this.#tell({ control: 'offer', files: [...files] });
  }

  /** Tells the engine which case is open; and again after a restart. */
  tellCase(told: CaseTold): void {
    this.#case = told;
    this.#tell({ control: 'case', told });
  }

  /** Lets the engine remove its folder and end; kills it if it does not. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#restart);
    const child = this.#running?.child;
    if (!child || hasEnded(child)) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.connected) child.disconnect();
    const kill = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await ended;
    clearTimeout(kill);
  }

  #start(): void {
    const { file, args, sample, limits } = this.#options;
    const child = fork(file, args, {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const startedAt = performance.now();
    let lastWords = '';
    child.stderr
      ?.setEncoding('utf8')
      .on('data', (text: string) => (lastWords = (lastWords + text).slice(-STDERR_KEPT)));
    const channels = mux({
      send: (message) => {
        if (child.connected) child.send(message);
      },
      onMessage: (listener) =>
        void child.on('message', (message) => {
          if (isCaseNews(message)) this.#options.onCase?.(message.told);
          else listener(message as MuxMessage); // our engine's
        }),
      onClose: (listener) => void child.on('exit', () => listener('the engine ended')),
    });
    this.#running = { child, channels };
    child.on('error', () => child.kill('SIGKILL'));
    // close, not exit: by then all of stderr has been read
    child.once('close', (code, signal) => {
      this.#running = undefined;
      const restart = (): void => {
        if (this.#stopping) return;
        const pause = this.#plan.crashed(performance.now() - startedAt);
        this.#options.onCrash(errorLine(lastWords) ?? `it ended with ${signal ?? `code ${code}`}`, pause === undefined);
        if (pause !== undefined) this.#restart = setTimeout(() => this.#start(), pause);
      };
      // one that had only just been started does not ignore these yet; if they were meant for all of us, we hear of it too
      if (STOP_SIGNALS.some((each) => each === signal)) this.#restart = setTimeout(restart, HEARD_WITHIN_MS);
      else restart();
    });
    if (sample !== undefined) this.#tell({ control: 'sample', path: sample });
    if (limits !== undefined) this.#tell({ control: 'limits', limits });
    if (this.#case) this.#tell({ control: 'case', told: this.#case });
    const files = [...this.#offered.values()].filter(({ path }) => existsSync(path));
    if (files.length > 0) this.#tell({ control: 'offer', files, quiet: true });
  }

  #tell(control: EngineControl): void {
    const child = this.#running?.child;
    if (child?.connected) child.send(control);
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Of what a dying Node process printed, the line that says what was wrong. */
function errorLine(text: string): string | undefined {
  return text.split('\n').findLast((line) => /^\w*Error\b.*: /.test(line));
}
