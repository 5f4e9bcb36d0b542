import { basename } from 'node:path';
import { detect } from '../../engine/detect/detect';
import { openLog } from '../../engine/ingest/open-log';
import { makeTempFolder } from '../../engine/temp-folder';
import { DEFAULT_PARAMETERS } from '../../shared/domain';

/** Reads a log once and prints how many seconds each run of the rule takes, one a line. */
export async function detectionAlone(path: string, runs: string): Promise<void> {
  const folder = await makeTempFolder();
  const log = await openLog([{ path, name: basename(path) }], { tempFolder: folder.path });
  try {
    for (let run = 0; run < Number(runs); run++) {
      const began = performance.now();
      await detect(log.database, DEFAULT_PARAMETERS);
      console.log((performance.now() - began) / 1000);
    }
  } finally {
    await log.close();
    await folder.remove();
  }
}
