/** Runs sandboxed before the page, as CommonJS. Hands the page a port and two requests, and nothing else of Electron. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { CHANNELS } from './electron-api';

/** Main answers with what is wrong, in words, or with nothing. */
async function ask(channel: string, ...args: unknown[]): Promise<void> {
  const problem: unknown = await ipcRenderer.invoke(channel, ...args);
  if (typeof problem === 'string') throw new Error(problem);
}

ipcRenderer.on(CHANNELS.port, (event) => {
  // '*' is this very window: a port can cross to the page in no other way
  window.postMessage(CHANNELS.port, '*', [...event.ports]);
});

// renderer/native.ts describes it as DoppelShell
contextBridge.exposeInMainWorld('doppelShell', {
  kind: 'electron',
  openDialog: () => ask(CHANNELS.openDialog),
  openFolderDialog: () => ask(CHANNELS.openFolderDialog),
  openDropped: (file: File) => ask(CHANNELS.openDropped, webUtils.getPathForFile(file)),
});
