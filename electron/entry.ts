/** Where Electron starts; with preload.ts the only file that imports electron as a value. Nothing to test here. */
import {
  BrowserWindow,
  Menu,
  MessageChannelMain,
  app,
  dialog,
  ipcMain,
  protocol,
  screen,
  session,
  utilityProcess,
} from 'electron';
import { join, sep } from 'node:path';
import { filesOfCommandLine } from './command-line';
import { startDesktop } from './desktop';

const here = import.meta.dirname;
// DuckDB reads the sample, and cannot look into the archive of a packaged app
const unpacked = join(here, '../..')
  .replace(`app.asar${sep}`, `app.asar.unpacked${sep}`)
  .replace(/app\.asar$/, 'app.asar.unpacked');

void startDesktop(
  { BrowserWindow, Menu, MessageChannelMain, app, dialog, ipcMain, protocol, screen, session, utilityProcess },
  {
    engine: join(here, 'engine.js'),
    case: join(here, 'case.js'),
    preload: join(here, 'preload.cjs'),
    renderer: join(here, '../renderer'),
    sample: join(unpacked, 'samples/day.ndjson'),
  },
  filesOfCommandLine(process.argv, app.isPackaged, process.cwd()),
);
