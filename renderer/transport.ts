import { Listeners, domPortChannel } from '../shared/channel';
import type { Channel, DomPort } from '../shared/channel';
import { DoppelError } from '../shared/errors';
import { decodeFrame, encodeFrame } from '../shared/frame';
import { electronNative, webNative } from './native';
import type { DoppelShell, Native } from './native';

/** The shell that this page runs in. Everything above it is the same in all of them. */
interface Shell {
  native: Native;
  /** A channel to the engine as soon as there is one; rejects with the reason when there is none now. */
  connect(): Promise<Channel>;
  /** A channel to the keeper of the case; rejects when there is none. Undefined where the shell keeps no case. */
  connectCase: (() => Promise<Channel>) | undefined;
}

/** The shell that the page runs in: Electron's preload has left its mark, else it is the browser. */
export function findShell(): Shell {
  return window.doppelShell?.kind === 'electron' ? electronShell(window.doppelShell) : webShell();
}

function electronShell(shell: DoppelShell): Shell {
  return {
    native: electronNative(shell),
    connect: handedOver('doppel:port', 'the engine was started again'),
    connectCase: handedOver('doppel:case-port', 'the keeper of the case was started again'),
  };
}

/** The preload hands over one port of a name at the start, and one after each restart of what is behind it. */
function handedOver(name: string, reason: string): () => Promise<Channel> {
  let unused: Channel | undefined;
  let give: ((channel: Channel) => void) | undefined;
  let replaced: (() => void) | undefined;
  window.addEventListener('message', (event) => {
    const port = event.ports[0];
    if (event.source !== window || event.data !== name || !port) return;
    replaced?.();
    const [channel, end] = portChannel(port, reason);
    replaced = end;
    if (give) give(channel);
    else unused = channel;
    give = undefined;
  });
  return () => {
    const ready = unused;
    unused = undefined;
    return ready ? Promise.resolve(ready) : new Promise((resolve) => (give = resolve));
  };
}

/** A port does not tell its own side that it was replaced; the pending calls must hear of it all the same. */
function portChannel(port: DomPort, reason: string): [Channel, () => void] {
  const channel = domPortChannel(port);
  const own = new Listeners();
  let open = true;
  const end = (why: string): void => {
    if (!open) return;
    open = false;
    own.closed(why);
  };
  channel.onClose(end);
  return [
    { ...channel, onClose: (listener) => own.addClose(listener) },
    () => {
      channel.close();
      end(reason);
    },
  ];
}

const TOKEN_KEY = 'doppel.token';

/** The token comes in the fragment, which no request carries; it is kept for a reload and taken out of the address bar. */
function takeToken(): string {
  const given = new URLSearchParams(location.hash.slice(1)).get('t');
  if (given) {
    sessionStorage.setItem(TOKEN_KEY, given);
    history.replaceState(null, '', location.pathname + location.search);
  }
  return sessionStorage.getItem(TOKEN_KEY) ?? '';
}

function webShell(): Shell {
  const token = takeToken();
  const connect = (path: string): Promise<Channel> =>
    new Promise((resolve, reject) => {
      if (token === '') {
        return reject(
          new DoppelError(
            'disconnected',
            'This address lacks its key. Open the whole address that doppel serve printed, with the part after #.',
          ),
        );
      }
      const socket = new WebSocket(`ws://${location.host}${path}`, ['doppel.1', `t.${token}`]);
      socket.binaryType = 'arraybuffer';
      socket.addEventListener('open', () => resolve(webSocketChannel(socket)));
      socket.addEventListener('error', () =>
        reject(
          new DoppelError(
            'disconnected',
            'Doppel does not answer. Is doppel serve still running? After a restart of it, open the new address it printed.',
          ),
        ),
      );
      return undefined;
    });
  return { native: webNative(token), connect: () => connect('/rpc'), connectCase: () => connect('/case') };
}

function webSocketChannel(socket: WebSocket): Channel {
  return {
    post: (message) => {
      // one that is closing says so to the listeners below; sending on it does nothing but complain in the console
      if (socket.readyState === WebSocket.OPEN) socket.send(encodeFrame(message));
    },
    onMessage: (listener) =>
      socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
        let message: unknown;
        try {
          message = decodeFrame(data);
        } catch {
          return socket.close(); // the call it answers would wait for ever; closing rejects it
        }
        return listener(message);
      }),
    onClose: (listener) => socket.addEventListener('close', () => listener('the connection to the engine was lost')),
    close: () => socket.close(),
  };
}
