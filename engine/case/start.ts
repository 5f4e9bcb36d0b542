/**
 * The case process: the analyst's decisions and nothing else, so that no crash elsewhere can touch them. A shell starts
 * this file by path and talks to it as it does to the engine (engine/parent.ts). It never prints. Its arguments, each of
 * which may be empty: the case folder, the user's data folder (`user`: where each system has it), and a file of this run that
 * names the case that is open.
 */
import { isCaseControl } from '../../shared/engine-control';
import { listenToParent, tellParent } from '../parent';
import { dataFolder } from '../preferences/data-folder';
import { serveCase } from './handlers';

const [folder, data, session] = process.argv.slice(2).map((argument) => argument || undefined);
const { attach, open, announce, close } = serveCase({
  folder,
  data: data === 'user' ? dataFolder() : data,
  session,
  onCase: (told) => tellParent({ control: 'case-opened', told }),
});
announce();

let ending = false;
listenToParent({
  attach,
  control: (message) => {
    if (!isCaseControl(message)) return false;
    void open(message.folder);
    return true;
  },
  end: () => {
    if (ending) return;
    ending = true;
    void close().finally(() => process.exit(0));
  },
});
