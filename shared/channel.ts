/**
 * The only thing a transport has to be. A message is JSON-safe, but for typed arrays.
 * Messages arrive in the order in which they were posted; after `onClose` none arrives.
 */
export interface Channel {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** `reason` is for people. A channel closes once. */
  onClose(listener: (reason: string) => void): void;
  close(): void;
}

/** What a MessagePort looks like under Node and in Electron's main and utility processes. */
export interface NodePort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start?(): void;
  close(): void;
}

/** What a MessagePort looks like in a page. */
export interface DomPort {
  postMessage(message: unknown): void;
  addEventListener(event: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(event: 'close', listener: () => void): void;
  start(): void;
  close(): void;
}

/** A channel over a port of Node or of Electron's processes. */
export function nodePortChannel(port: NodePort): Channel {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      // worker_threads delivers the value itself; Electron's MessagePortMain delivers { data, ports }
      port.on('message', (raw) => listener(isElectronMessage(raw) ? raw.data : raw));
      port.start?.();
    },
    onClose: (listener) => void port.on('close', () => listener('the port was closed')),
    close: () => port.close(),
  };
}

function isElectronMessage(raw: unknown): raw is { data: unknown; ports: unknown[] } {
  return typeof raw === 'object' && raw !== null && 'data' in raw && 'ports' in raw;
}

/** A channel over a port of a page. */
export function domPortChannel(port: DomPort): Channel {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.addEventListener('message', (event) => listener(event.data));
      port.start();
    },
    onClose: (listener) => port.addEventListener('close', () => listener('the port was closed')),
    close: () => port.close(),
  };
}

/** Two ends in one process, for the CLI and for tests. structuredClone keeps them as honest as a real wire. */
export function channelPair(): [Channel, Channel] {
  const a = new Listeners();
  const b = new Listeners();
  let open = true;
  const end = (own: Listeners, peer: Listeners): Channel => ({
    post: (message) => {
      const copy = structuredClone(message);
      queueMicrotask(() => {
        if (open) peer.deliver(copy);
      });
    },
    onMessage: (listener) => own.addMessage(listener),
    onClose: (listener) => own.addClose(listener),
    close: () => {
      if (!open) return;
      open = false;
      own.closed('the channel was closed');
      peer.closed('the channel was closed');
    },
  });
  return [end(a, b), end(b, a)];
}

/** The listener lists of one channel end. */
export class Listeners {
  readonly #message: ((message: unknown) => void)[] = [];
  readonly #close: ((reason: string) => void)[] = [];

  addMessage(listener: (message: unknown) => void): void {
    this.#message.push(listener);
  }

  addClose(listener: (reason: string) => void): void {
    this.#close.push(listener);
  }

  deliver(message: unknown): void {
    for (const listener of this.#message) listener(message);
  }

  closed(reason: string): void {
    for (const listener of this.#close) listener(reason);
  }
}
