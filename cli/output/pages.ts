import type { Finding, Overlap } from '../../shared/domain';
import type { Rejected } from '../../shared/evidence';
import type { Client } from '../../shared/rpc';

const LIMIT = 1000;

/** All rows of a paged list, a page in memory at a time. */
async function* pages<Row>(fetch: (offset: number) => Promise<{ total: number; rows: Row[] }>): AsyncGenerator<Row> {
  for (let offset = 0; ; offset += LIMIT) {
    const { total, rows } = await fetch(offset);
    yield* rows;
    if (offset + LIMIT >= total) return;
  }
}

export function allFindings(client: Client, signal: AbortSignal): AsyncGenerator<Finding> {
  return pages((offset) => client.call('findings.page', { offset, limit: LIMIT }, { signal }));
}

export function allOverlaps(client: Client, signal: AbortSignal): AsyncGenerator<Overlap> {
  return pages((offset) => client.call('overlaps.page', { offset, limit: LIMIT }, { signal }));
}

/** The first rejected lines, at most `limit` of them: the count in the summary is always exact. */
export async function firstRejected(client: Client, limit: number, signal: AbortSignal): Promise<Rejected[]> {
  return (await client.call('rejected.page', { offset: 0, limit }, { signal })).rows;
}
