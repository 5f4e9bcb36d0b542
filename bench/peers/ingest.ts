import { basename } from 'node:path';
import { openLog } from '../../engine/ingest/open-log';
import { makeTempFolder } from '../../engine/temp-folder';

/** Reads a log with all of its accounting, and nothing more. */
export async function ingestAlone(path: string): Promise<void> {
  const folder = await makeTempFolder();
  const log = await openLog([{ path, name: basename(path) }], { tempFolder: folder.path });
  const { records, events, rejected } = log.summary;
  console.log(`${records} records, ${events} events, ${rejected} rejected`);
  await log.close();
  await folder.remove();
}
