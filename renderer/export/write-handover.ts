import { throwIfCancelled } from '../../shared/errors';
import type { FindingsFilter } from '../../shared/findings-filter';
import type { Client } from '../../shared/rpc';
import type { CaseStore } from '../case/case-store';
import { countOf, formatCount } from '../format-number';
import { caseRecords } from './case-records';
import { exportName } from './write-export';
import type { ExportOptions, Exported } from './write-export';

/**
 * Has the engine write what is open into one file, and fetches it: all flagged users with every decision of the case, or
 * those whom `filter` lets through with the decisions about them.
 */
export async function writeHandover(
  client: Client,
  store: CaseStore,
  filter: FindingsFilter | undefined,
  { signal, onProgress }: ExportOptions,
): Promise<Exported> {
  const { info } = store.state;
  await tellDecisions(client, store, signal);
  if (filter) await store.mirrored();
  const written = await client.call(
    'handover.write',
    { case: info ? { id: info.id, name: info.name } : null, ...(filter && { filter }) },
    {
      signal,
      onProgress: ({ done, total }) =>
        onProgress(`${formatCount(done)} of ${countOf(total, 'log record')}`, done / Math.max(1, total)),
    },
  );
  try {
    const pieces: Blob[] = [];
    for (let offset = 0; offset < written.bytes;) {
      const { bytes } = await client.call('handover.piece', { id: written.id, offset }, { signal });
      if (bytes.length === 0) break;
      // a typed array from a message lies in a buffer of its own, never in a shared one
      pieces.push(new Blob([bytes as Uint8Array<ArrayBuffer>]));
      offset += bytes.length;
    }
    const { findings, records, decisions, withoutText } = written;
    const missing =
      withoutText === 0 ? '' : `; the text of ${formatCount(withoutText)} could not be read: has the log changed?`;
    return {
      blob: new Blob(pieces, { type: 'application/octet-stream' }),
      name: exportName(`case-${plain(info?.name ?? 'log')}`, 'doppel', Date.now()),
      content: `${countOf(findings, 'flagged user')} with ${countOf(records, 'log record')} and ${countOf(decisions, 'decision')}${missing}`,
      manifest: undefined,
    };
  } finally {
    void client.call('handover.drop', { id: written.id }).catch(() => undefined); // it goes with the engine at the latest
  }
}

async function tellDecisions(client: Client, store: CaseStore, signal: AbortSignal): Promise<void> {
  await client.call('handover.decisions', { records: [], first: true }, { signal });
  if (!store.state.info) return;
  for await (const records of caseRecords(store.client)) {
    throwIfCancelled(signal);
    await client.call('handover.decisions', { records, first: false }, { signal });
  }
}

/** A case's name as part of a file's. */
function plain(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-+|-+$/g, '') || 'log';
}
