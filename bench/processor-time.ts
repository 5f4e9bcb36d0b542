import { readFile, readdir } from 'node:fs/promises';

/** Clock ticks a second in /proc: 100 on every Linux that Node runs on. */
const TICKS = 100;

/** Time on the processors, in ms, that a process and all below it that still run have used. Linux only: elsewhere undefined. */
export async function processorTime(pid: number): Promise<number | undefined> {
  const found = await Promise.all(
    (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(read),
  );
  const all = found.filter((each) => each !== undefined);
  if (all.length === 0) return undefined;
  const below = new Set([pid]);
  for (let grown = true; grown;) {
    grown = false;
    for (const { pid: own, parent } of all) {
      if (!below.has(parent) || below.has(own)) continue;
      below.add(own);
      grown = true;
    }
  }
  const ticks = all.filter(({ pid: own }) => below.has(own)).reduce((sum, each) => sum + each.ticks, 0);
  return (1000 * ticks) / TICKS;
}

async function read(name: string): Promise<{ pid: number; parent: number; ticks: number } | undefined> {
  const text = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => undefined); // it has ended meanwhile
  if (text === undefined) return undefined;
  // the name of the program stands in parentheses and may hold anything: the fields begin behind it
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { pid: Number(name), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
}
