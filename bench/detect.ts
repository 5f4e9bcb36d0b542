import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alternate, outcomeOf } from './alternate';
import { BENCH, benchLog, CLI, ONE_GB } from './logs';
import { megabytes, printTarget } from './report';

/** `doppel detect` on 1 GB against a bare DuckDB script and a Node script that only parses, all in one run. */
export async function benchDetect(): Promise<void> {
  const { path, bytes, records } = await benchLog(ONE_GB);
  console.log(`${records} records, ${(bytes / 1e9).toFixed(2)} GB; whole processes, wall time and peak memory`);
  const outcomes = await alternate([
    { name: 'doppel detect', args: [CLI, ...detectArgs(path)] },
    { name: 'bare DuckDB script', args: [BENCH, 'peer', 'duckdb', path] },
    { name: 'Node lines and JSON.parse', args: [BENCH, 'peer', 'node-lines', path] },
  ]);
  const doppel = outcomeOf(outcomes, 'doppel detect');
  const toDuckdb = doppel.seconds / outcomeOf(outcomes, 'bare DuckDB script').seconds;
  const toNode = outcomeOf(outcomes, 'Node lines and JSON.parse').seconds / doppel.seconds;
  printTarget('time against the bare DuckDB script', `${toDuckdb.toFixed(2)} x`, 'at most 2 x', toDuckdb <= 2);
  printTarget('faster than the Node script', `${toNode.toFixed(2)} x`, 'at least 2.5 x', toNode >= 2.5);
  printTarget('peak memory', megabytes(doppel.peakMb), 'under 1500 MB', doppel.peakMb < 1500);
}

/** The whole of the work: every result, written to a file. */
export function detectArgs(path: string): string[] {
  return ['detect', path, '--format', 'json', '--out', join(tmpdir(), 'doppel-bench', 'findings.json')];
}
