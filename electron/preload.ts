/** Runs sandboxed before the page, as CommonJS. Hands the page its ports and a few requests, and nothing else of Electron. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { CHANNELS } from './electron-api';

/** Main answers with what is wrong, in words, or with nothing. */
async function ask(channel: string, ...args: unknown[]): Promise<void> {
  const problem: unknown = await ipcRenderer.invoke(channel, ...args);
  if (typeof problem === 'string') throw new Error(problem);
}

for (const channel of [CHANNELS.port, CHANNELS.casePort]) {
  ipcRenderer.on(channel, (event) => {
    // '*' is this very window: a port can cross to the page in no other way
    window.postMessage(channel, '*', [...event.ports]);
  });
}

// renderer/native.ts describes it as DoppelShell
contextBridge.exposeInMainWorld('doppelShell', {
  kind: 'electron',
  openDialog: () => ask(CHANNELS.openDialog),
  openCaseDialog: () => ask(CHANNELS.openCaseDialog),
  openFolderDialog: () => ask(CHANNELS.openFolderDialog),
  openDropped: (file: File) => ask(CHANNELS.openDropped, webUtils.getPathForFile(file)),
});
