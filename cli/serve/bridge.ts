import type { RawData, WebSocket } from 'ws';
import type { Channel } from '../../shared/channel';
import { decodeFrame, encodeFrame } from '../../shared/frame';

/** Progress is news, not a record: a page that is behind by this much misses some. */
const DROP_PROGRESS_OVER_BYTES = 2 ** 20;
/** A page that has stopped reading; one whole timeline of 2,000,000 bars is 40 MB. */
const CLOSE_OVER_BYTES = 256 * 2 ** 20;

const UNSUPPORTED_DATA = 1003;
const INTERNAL_ERROR = 1011;
const TRY_AGAIN_LATER = 1013;

/** Joins a page's WebSocket to a channel of the engine; either end closes the other. */
export function bridge(socket: WebSocket, engine: Channel): void {
  socket.binaryType = 'arraybuffer';
  socket.on('message', (data, isBinary) => {
    try {
      engine.post(decodeFrame(frameOf(data, isBinary)));
    } catch {
      socket.close(UNSUPPORTED_DATA);
    }
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', () => engine.close());

  engine.onMessage((message) => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > CLOSE_OVER_BYTES) return socket.close(TRY_AGAIN_LATER);
    if (socket.bufferedAmount > DROP_PROGRESS_OVER_BYTES && isProgress(message)) return;
    socket.send(encodeFrame(message));
  });
  engine.onClose(() => socket.close(INTERNAL_ERROR));
}

function frameOf(data: RawData, isBinary: boolean): string | ArrayBuffer {
  if (isBinary && data instanceof ArrayBuffer) return data;
  if (!isBinary && Buffer.isBuffer(data)) return data.toString();
  throw new RangeError('not what ws delivers with this binary type');
}

function isProgress(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'progress';
}
