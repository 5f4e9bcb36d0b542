/**
 * The case process: the analyst's decisions and nothing else, so that no crash elsewhere can touch them. A shell starts
 * this file by path with the case folder as its argument, and talks to it as it does to the engine (engine/parent.ts).
 * It never prints.
 */
import { listenToParent } from '../parent';
import { serveCase } from './handlers';

const [folder = ''] = process.argv.slice(2);
const { attach, close } = serveCase(folder);

let ending = false;
listenToParent({
  attach,
  control: () => false,
  end: () => {
    if (ending) return;
    ending = true;
    void close().finally(() => process.exit(0));
  },
});
