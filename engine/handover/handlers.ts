import { randomUUID } from 'node:crypto';
import { open as openFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DoppelError } from '../../shared/errors';
import { RECORDS_AT_ONCE } from '../../shared/handed-over';
import type { handoverMethods } from '../../shared/handover';
import type { JournalRecord } from '../../shared/handed-over';
import type { Handlers } from '../../shared/rpc';
import { sha256Of } from '../file-pieces';
import { readAt } from '../ingest/read-at';
import type { Decisions } from '../decisions/decisions';
import type { OpenLog } from '../open-state';
import { writeHandover } from './write';

const PIECE = 1024 * 1024;

/** The part of the engine that answers the methods of shared/handover.ts. What is written waits in `tempFolder` to be fetched. */
export function handoverHandlers(
  open: OpenLog,
  tempFolder: string,
  decided: Decisions,
): Pick<Handlers, keyof typeof handoverMethods> {
  let decisions: JournalRecord[] = [];
  /** By id; they go with the folder where nobody drops them. */
  const files = new Map<string, string>();
  const pathOf = (id: string): string => {
    const path = files.get(id);
    if (path === undefined) throw new DoppelError('unknown-file', 'That file is no longer at hand. Hand over again.');
    return path;
  };
  return {
    'handover.decisions': ({ records, first }) => {
      if (first) decisions = [];
      decisions.push(...records);
      return null;
    },
    'handover.write': async ({ case: from, filter }, { signal, progress }) => {
      const log = open.detected;
      const { detection } = open.state;
      if (!detection) throw new DoppelError('nothing-open', 'Nothing has been detected yet.');
      await decided.in(log.database); // the filter may ask for them
      const id = randomUUID();
      const path = join(tempFolder, `handover-${id}`);
      const options = { path, case: from, decisions, filter, signal, progress };
      const written = await writeHandover(log, detection, options);
      files.set(id, path);
      return { id, bytes: (await stat(path)).size, sha256: await sha256Of(path), ...written };
    },
    'handover.piece': async ({ id, offset }) => {
      const file = await openFile(pathOf(id), 'r');
      try {
        // a copy: the buffer that it is a part of may be larger
        return { bytes: new Uint8Array(await readAt(file, offset, PIECE)) };
      } finally {
        await file.close();
      }
    },
    'handover.drop': async ({ id }) => {
      const path = files.get(id);
      files.delete(id);
      if (path !== undefined) await rm(path, { force: true });
      return null;
    },
    'handover.records': ({ cursor }) => {
      const records = open.handedDecisions.slice(cursor, cursor + RECORDS_AT_ONCE);
      const next = cursor + records.length;
      return { records, next: next < open.handedDecisions.length ? next : null };
    },
  };
}
