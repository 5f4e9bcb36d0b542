import { mkdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { detect } from '../engine/detect/detect';
import { openHandover } from '../engine/handover/read';
import { writeHandover } from '../engine/handover/write';
import { openLog } from '../engine/ingest/open-log';
import { makeTempFolder } from '../engine/temp-folder';
import { DEFAULT_PARAMETERS } from '../shared/domain';
import { flaggedLog } from './flagged-log';
import { BENCH } from './logs';
import { megabytes, printTarget, seconds } from './report';
import { runNode } from './run-process';

/** What a hand-over takes where 100,000 users are flagged, and where 2 million records (1 GB) are all of flagged users. */
export async function benchHandover(): Promise<void> {
  for (const path of [await flaggedLog(100_000), await flaggedLog(20_000, 98)]) {
    const measured = await runNode([BENCH, 'peer', 'handover', path]);
    console.log(measured.stdout.trimEnd());
    printTarget(
      `peak memory with ${basename(path)}`,
      megabytes(measured.peakMb),
      'under 1500 MB',
      measured.peakMb < 1500,
    );
  }
}

/** Reads a log, hands over all flagged users, opens what was written, and says how long each took. */
export async function handoverAlone(path: string): Promise<void> {
  const folder = await makeTempFolder();
  const log = await openLog([{ path, name: basename(path) }], { tempFolder: folder.path });
  const to = join(folder.path, 'case.doppel');
  const timed = async <T>(what: string, act: () => Promise<T>): Promise<T> => {
    const [began, before] = [performance.now(), process.cpuUsage()];
    const result = await act();
    const { user, system } = process.cpuUsage(before);
    const wall = seconds((performance.now() - began) / 1000);
    const rss = megabytes(process.memoryUsage.rss() / 1e6);
    console.log(`  ${what}: ${wall}, processor ${seconds((user + system) / 1e6)}, memory after it ${rss}`);
    return result;
  };
  try {
    const detection = await timed('detected', () => detect(log.database, DEFAULT_PARAMETERS));
    const options = { path: to, case: null, decisions: [], signal: undefined, progress: () => undefined };
    const written = await timed('written', () => writeHandover(log, detection, options));
    const { size } = await stat(to);
    console.log(`  ${written.findings} flagged users, ${written.records} records, ${megabytes(size / 1e6)}`);
    const there = join(tmpdir(), `doppel-bench-handover-${process.pid}`);
    await mkdir(there);
    try {
      const file = { path: to, name: 'case.doppel' };
      const opened = await timed('opened', () => openHandover(file, { folder: there, signal: undefined }));
      await opened.log.close();
    } finally {
      await rm(there, { recursive: true });
    }
  } finally {
    await log.close();
    await folder.remove();
  }
}
