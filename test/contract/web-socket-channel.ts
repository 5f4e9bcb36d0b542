import { WebSocket } from 'ws';
import type { Channel } from '../../shared/channel';
import { decodeFrame, encodeFrame } from '../../shared/frame';

/** Opens a WebSocket as a page does, and rejects with the HTTP status when it is refused. */
export function openWebSocket(
  url: string,
  {
    path = '/rpc',
    protocols,
    origin,
    host,
  }: { path?: string; protocols?: string[]; origin?: string; host?: string } = {},
): Promise<WebSocket> {
  const { host: own, hash } = new URL(url);
  const socket = new WebSocket(`ws://${own}${path}`, protocols ?? ['doppel.1', `t.${hash.slice('#t='.length)}`], {
    origin: origin ?? `http://${own}`,
    headers: { host: host ?? own },
  });
  socket.binaryType = 'arraybuffer';
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (_request, response) => {
      response.resume();
      reject(new Error(`refused with ${response.statusCode}`));
      socket.terminate();
    });
    socket.once('error', reject);
  });
}

export function webSocketChannel(socket: WebSocket): Channel {
  return {
    post: (message) => socket.send(encodeFrame(message)),
    onMessage: (listener) => {
      socket.on('message', (data: ArrayBuffer | Buffer) => {
        listener(decodeFrame(data instanceof ArrayBuffer ? data : data.toString()));
      });
    },
    onClose: (listener) => void socket.on('close', () => listener('the connection to the engine was lost')),
    close: () => socket.close(),
  };
}
