import { Listeners } from './channel';
import type { Channel } from './channel';

/** One duplex pipe to another process. A child process has one, and a MessagePort cannot cross it. */
interface Pipe {
  send(message: MuxMessage): void;
  onMessage(listener: (message: MuxMessage) => void): void;
  onClose(listener: (reason: string) => void): void;
}

export type MuxMessage =
  | { channel: number; open: true }
  | { channel: number; close: true }
  | { channel: number; message: unknown };

/** Many channels over one pipe. `onOpen` receives the channels that the other side opens. */
export function mux(pipe: Pipe, onOpen?: (channel: Channel) => void): { open(): Channel } {
  const live = new Map<number, Listeners>();
  let next = 1;

  const drop = (id: number, reason: string): void => {
    const listeners = live.get(id);
    live.delete(id);
    listeners?.closed(reason);
  };
  const make = (id: number): Channel => {
    const listeners = new Listeners();
    live.set(id, listeners);
    return {
      post: (message) => {
        if (live.has(id)) pipe.send({ channel: id, message });
      },
      onMessage: (listener) => listeners.addMessage(listener),
      onClose: (listener) => listeners.addClose(listener),
      close: () => {
        if (!live.has(id)) return;
        pipe.send({ channel: id, close: true });
        drop(id, 'the channel was closed');
      },
    };
  };

  pipe.onMessage((item) => {
    if ('open' in item) onOpen?.(make(item.channel));
    else if ('close' in item) drop(item.channel, 'the other side closed the channel');
    else live.get(item.channel)?.deliver(item.message);
  });
  pipe.onClose((reason) => {
    for (const id of live.keys()) drop(id, reason);
  });

  return {
    open: () => {
      const id = next++;
      pipe.send({ channel: id, open: true });
      return make(id);
    },
  };
}
