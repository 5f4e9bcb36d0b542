import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { detect } from '../engine/detect/detect';
import { openLog } from '../engine/ingest/open-log';
import { evidencePage } from '../engine/lists/evidence';
import { findingsPage } from '../engine/lists/findings';
import { DEFAULT_PARAMETERS } from '../shared/domain';
import { benchLog, ONE_GB } from './logs';
import { median, printTarget, seconds } from './report';

const USERS = 7;
const PAGE = 200;
const MOST_SECONDS = 2;

/** From a finding to the text of its log records, each with file and line, in a log of 1 GB, plain and packed. */
export async function benchEvidence(): Promise<void> {
  const { path } = await benchLog(ONE_GB);
  const folder = await mkdtemp(join(tmpdir(), 'doppel-bench-evidence-'));
  try {
    const packed = join(folder, `${basename(path)}.gz`);
    await pipeline(createReadStream(path), createGzip({ level: 1 }), createWriteStream(packed));
    for (const [title, file] of [
      ['plain', path],
      ['gzip', packed],
    ] as const) {
      const times = await timesOf(file, folder);
      const [first = Infinity] = times;
      const figures = `${seconds(first)} for the first user, ${seconds(median(times))} as the median of ${times.length}`;
      printTarget(`evidence of a finding, 1 GB, ${title}`, figures, 'under 2 s', Math.max(...times) < MOST_SECONDS);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Seconds until the log records of flagged users are there, for users from all over the log. */
async function timesOf(path: string, tempFolder: string): Promise<number[]> {
  const log = await openLog([{ path, name: basename(path) }], { tempFolder });
  try {
    await detect(log.database, DEFAULT_PARAMETERS);
    const { rows } = await findingsPage(log.database, { offset: 0, limit: 1000 });
    const step = Math.max(1, Math.floor(rows.length / USERS));
    const times: number[] = [];
    for (const { user } of rows.filter((_, index) => index % step === 0).slice(0, USERS)) {
      const began = performance.now();
      const page = await evidencePage(log, { of: { user }, offset: 0, limit: PAGE });
      times.push((performance.now() - began) / 1000);
      if (page.rows.length === 0 || page.rows.some(({ raw }) => raw === null)) throw new Error('a text is missing');
    }
    return times;
  } finally {
    await log.close();
  }
}
