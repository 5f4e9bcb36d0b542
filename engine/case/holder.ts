/** Who holds a case open, and whether they still do: a process holds a socket, which the system closes however it dies. */
import { randomUUID } from 'node:crypto';
import { createServer, connect } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { makeTempFolder } from '../temp-folder';
import { codeOf } from './file-system';

export const Holder = v.object({
  pid: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  host: v.string(),
  /** When that process started; epoch ms. */
  started: v.pipe(v.number(), v.safeInteger()),
  socket: v.string(),
  token: v.string(),
});
export type Holder = v.InferOutput<typeof Holder>;

/** The cases that this process holds. */
const ours = new Set<string>();

/** This process as the holder of a case. `letGo` closes the socket. */
export async function holdSocket(): Promise<{ holder: Holder; letGo: () => Promise<void> }> {
  const token = randomUUID();
  // not in the case folder: its path may be too long for a socket, and a network drive has none
  const folder = process.platform === 'win32' ? undefined : await makeTempFolder();
  const socket = folder ? join(folder.path, 'case') : `\\\\.\\pipe\\doppel-case-${token}`;
  const server = createServer((caller) => caller.end());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, resolve);
  });
  server.unref();
  ours.add(token);
  const started = Math.round(Date.now() - process.uptime() * 1000);
  return {
    holder: { pid: process.pid, host: hostname(), started, socket, token },
    letGo: async () => {
      ours.delete(token);
      await new Promise<void>((resolve) => void server.close(() => resolve()));
      await folder?.remove();
    },
  };
}

/** Whether the holder lives. In doubt it does: a holder on another machine cannot be asked. */
export async function lives(holder: Holder): Promise<boolean> {
  if (holder.host !== hostname()) return true;
  if (holder.pid === process.pid) return ours.has(holder.token);
  const answer = await knock(holder.socket);
  if (answer === 'open') return true;
  // the socket may have been tidied away from under a live process; then its number decides
  return answer === 'gone' && isAlive(holder.pid);
}

function knock(socket: string): Promise<'open' | 'refused' | 'gone'> {
  return new Promise((resolve) => {
    const caller = connect(socket);
    caller.setTimeout(1000, () => (caller.destroy(), resolve('open')));
    caller.once('connect', () => (caller.destroy(), resolve('open')));
    caller.once('error', (error) => {
      const code = codeOf(error);
      if (code === 'ECONNREFUSED') resolve('refused');
      else resolve(code === 'ENOENT' ? 'gone' : 'open');
    });
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
