import { cpus, loadavg, totalmem } from 'node:os';

/** The middle value; of an even count the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new RangeError('There is no median of nothing.');
  return (upper + lower) / 2;
}

/** The machine and the moment: a figure without them says nothing. */
export function printMachine(): void {
  const [cpu] = cpus();
  const load = loadavg()[0] ?? 0;
  console.log(
    `${new Date().toISOString()}, ${cpu?.model.trim()} x ${cpus().length}, ${Math.round(totalmem() / 2 ** 30)} GiB, ` +
      `${process.platform} ${process.arch}, Node ${process.versions.node}, load ${load.toFixed(1)} at the start`,
  );
}

/** One line a target: what was reached, what was asked for, and whether that is enough. */
export function printTarget(what: string, reached: string, asked: string, passed: boolean): void {
  console.log(`${passed ? 'PASS' : 'FAIL'}  ${what}: ${reached} (asked: ${asked})`);
  if (!passed) process.exitCode = 1;
}

/** A number of seconds, in words for a table. */
export const seconds = (value: number): string => `${value.toFixed(2)} s`;
/** A number of megabytes (of a million bytes), in words for a table. */
export const megabytes = (value: number): string => `${value.toFixed(0)} MB`;
