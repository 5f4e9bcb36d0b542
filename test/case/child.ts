/**
 * Makes decisions in a case and prints `ack N` once the store has said that they are saved.
 * Arguments: folder, first number, how many, and `forgetful` for a disk that syncs nothing (the control).
 */
import { writeSync } from 'node:fs';
import { Case } from '../../engine/case/case';
import { nodeFs } from '../../engine/case/file-system';
import { changeOf, draftOf, findingsOf } from './decisions';

const [folder = '', first = '1', count = '1', kind] = process.argv.slice(2);
const say = (line: string): void => void writeSync(1, `${line}\n`);
const forgetful = { ...nodeFs, fsyncSync: () => undefined, fdatasyncSync: () => undefined };

let n = Number(first);
const end = n + Number(count);
const options = { author: 'ann', disk: kind === 'forgetful' ? forgetful : nodeFs };
let store = await Case.open(folder, options);
say('open');
for (; n < end; n += 1) {
  store.make(findingsOf(n), changeOf(n));
  say(`ack ${n}`);
  if (n % 5 === 0) {
    store.setDraft({ finding: 'typing', text: draftOf(n) });
    say(`draft ${n}`);
  }
  if (n % 100 === 0) {
    // closing writes a snapshot, so that deaths fall into that, too
    await store.close();
    store = await Case.open(folder, options);
  }
}
await store.close();
