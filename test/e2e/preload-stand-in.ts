/**
 * Plays electron/preload.ts and main in a plain Chromium: hands the page a port, with the web shell's socket behind it.
 * Built by electron-page.e2e.ts and run before the page's own scripts.
 */
import { decodeFrame, encodeFrame } from '../../shared/frame';

const token = sessionStorage.getItem('doppel.token') ?? '';

async function open(file: File): Promise<void> {
  await fetch(`/files?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: file,
  });
}

Object.assign(window, {
  doppelShell: {
    kind: 'electron',
    // the user chooses a file in which nothing is to be found
    openFolderDialog: () => open(new File(['DstUserName,SrcIpAddr\n'], 'folder.csv')),
    openCaseDialog: () => Promise.resolve(),
    openDialog: () => open(new File(['DstUserName,SrcIpAddr\n'], 'chosen.csv')),
    openDropped: open,
  },
});

function handOverPort(name: string, path: string): void {
  const { port1, port2 } = new MessageChannel();
  const socket = new WebSocket(`ws://${location.host}${path}`, ['doppel.1', `t.${token}`]);
  socket.binaryType = 'arraybuffer';
  const connected = new Promise((resolve) => socket.addEventListener('open', resolve));
  port1.onmessage = async ({ data }: MessageEvent<unknown>) => {
    await connected;
    // a port whose other side is gone swallows what is posted, and says nothing
    if (socket.readyState === WebSocket.OPEN) socket.send(encodeFrame(data));
  };
  socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => port1.postMessage(decodeFrame(data));
  // the engine has crashed: the port closes, and main hands out another
  socket.onclose = () => {
    port1.close();
    setTimeout(() => handOverPort(name, path), 200);
  };
  window.postMessage(name, '*', [port2]);
}
window.addEventListener('load', () => {
  handOverPort('doppel:port', '/rpc');
  handOverPort('doppel:case-port', '/case');
});
