import type { CacheNews } from '../../shared/cache';
import { freeDisk } from '../ingest/storage';
import { stampsOf } from './stamp';
import { writeCache } from './write';
import type { Writing } from './write';

/** What a record takes in a cache, with room to spare: LSS records took 45 bytes. */
const BYTES_A_RECORD = 150;
/** Of every disk that it takes some of. */
const LEFT_FREE = 512 * 2 ** 20;

/** Keeps a log in a case's cache, where its files are still those that were read and there is room for it. Throws what the disk throws. */
export async function keepLog(writing: Omit<Writing, 'texts'>): Promise<CacheNews> {
  const { log, opened, request, folder, signal } = writing;
  const { kept: texts, summary } = log;
  // a file that changed while it was read is to be read again
  if (!texts || texts.some(({ identity, isPart }) => identity === undefined && !isPart)) return { is: 'nothing' };
  if (summary.archives?.some(({ incomplete }) => incomplete !== undefined)) return { is: 'nothing' };
  const stamps = await stampsOf(opened, signal);
  if (JSON.stringify(stamps) !== JSON.stringify(request.stamps)) return { is: 'nothing' };
  const needed = summary.records * BYTES_A_RECORD + LEFT_FREE;
  for (const disk of [log.folder, folder]) {
    const free = await freeDisk(disk);
    if (free < needed) {
      const sizes = `${(needed / 1e9).toFixed(1)} GB are needed, and ${(free / 1e9).toFixed(1)} GB are free`;
      return { is: 'not-kept', why: `there is too little room on the disk of ${disk}: ${sizes}` };
    }
  }
  return { is: 'kept', bytes: await writeCache({ ...writing, texts }) };
}
