/** How an engine process talks to the shell that started it: a forked child (web shell) or Electron's utilityProcess. */
import { nodePortChannel } from '../shared/channel';
import type { Channel, NodePort } from '../shared/channel';
import type { FileHandle } from '../shared/contract';
import { isEngineControl } from '../shared/engine-control';
import type { CaseNews, CaseTold, EngineControl, GrantedPath } from '../shared/engine-control';
import { mux } from '../shared/mux';
import type { MuxMessage } from '../shared/mux';
import { serve } from '../shared/rpc';
import type { Emitter, Handlers } from '../shared/rpc';
import type { Limits } from '../shared/sources';

/** What of an engine a shell needs. */
export interface ServedEngine {
  handlers: Handlers;
  /** `ahead`: a page that comes will open them. */
  offer(files: GrantedPath[], ahead: boolean): Promise<FileHandle[]>;
  setSample(path: string): void;
  setLimits(limits: Limits): void;
  setCase(told: CaseTold): void;
}

interface ParentListener {
  attach: (channel: Channel) => void;
  control: (message: unknown) => boolean;
  end: () => void;
}

/** Electron's process.parentPort, described here because the engine knows no Electron. */
interface ElectronParent {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown; ports: NodePort[] }) => void): unknown;
}

/**
 * Serves every channel that the shell opens and obeys its EngineControl messages.
 * `end` is called once the shell is gone or wants this process to end; it must end it. `hung`: a cancelled call does not
 * end; it must end this process too, and the shell starts another.
 */
export function serveParent(engine: ServedEngine, end: () => void, hung: () => void): void {
  const pages = new Set<Emitter>();
  let granted: Promise<unknown> = Promise.resolve();
  const handlers: Handlers = {
    ...engine.handlers,
    // a page that asks as soon as it can must see the files that were offered before it came
    'files.offered': async (params, context) => {
      await granted;
      return engine.handlers['files.offered'](params, context);
    },
    'log.state': async (params, context) => {
      await granted;
      return engine.handlers['log.state'](params, context);
    },
  };
  const attach = (channel: Channel): void => {
    const page = serve(channel, handlers, hung);
    pages.add(page);
    channel.onClose(() => pages.delete(page));
  };
  const obey = async (control: EngineControl): Promise<void> => {
    if (control.control === 'sample') return engine.setSample(control.path);
    if (control.control === 'limits') return engine.setLimits(control.limits);
    if (control.control === 'case') return engine.setCase(control.told);
    // the shell has looked at the files just before; one that vanished since is simply not offered
    const offer = engine.offer(control.files, pages.size === 0 && !control.quiet).catch(() => []);
    granted = offer;
    const files = await offer;
    if (files.length > 0 && !control.quiet) for (const page of pages) page.emit('files.offered', files);
    return undefined;
  };

  listenToParent({ attach, control: (message) => isEngineControl(message) && (void obey(message), true), end });
}

/**
 * What every process that a shell starts does: takes the channels that the shell opens, and ends when it is told to or
 * the shell is gone. `control` is offered every other message, and says whether it was one for it.
 */
export function listenToParent({ attach, control, end }: ParentListener): void {
  // Ctrl+C reaches the whole process group; it is the shell that decides what ends
  process.on('SIGINT', () => undefined);
  const parentPort = electronParent();
  if (parentPort) {
    process.on('SIGTERM', end); // so Electron ends a utilityProcess
    parentPort.on('message', ({ data, ports }) => {
      for (const port of ports) attach(nodePortChannel(port));
      control(data);
    });
    return;
  }
  // so do these, of a system that shuts down and of a terminal that is closed; the shell then disconnects
  process.on('SIGTERM', () => undefined);
  process.on('SIGHUP', () => undefined);
  process.on('disconnect', end);
  mux(
    {
      // without the callback a shell that was killed would end this process by an uncaught EPIPE, before it has cleaned up
      send: (message) => void (process.connected && process.send?.(message, undefined, undefined, () => undefined)),
      onMessage: (listener) => {
        process.on('message', (message) => {
          if (!control(message)) listener(message as MuxMessage); // the shell sends nothing else
        });
      },
      onClose: (listener) => void process.on('disconnect', () => listener('the shell is gone')),
    },
    attach,
  );
}

/** Tells the shell something; it may be gone. */
export function tellParent(news: CaseNews): void {
  const parentPort = electronParent();
  if (parentPort) parentPort.postMessage(news);
  else if (process.connected) process.send?.(news, undefined, undefined, () => undefined);
}

function electronParent(): ElectronParent | undefined {
  // only inside a utilityProcess does it exist, whatever Electron's typings say of every process
  return (process as { parentPort?: ElectronParent }).parentPort;
}
