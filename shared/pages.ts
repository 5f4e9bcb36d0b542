import type { Finding, Overlap } from './domain';
import type { Rejected } from './evidence';
import type { FindingsQuery } from './manifest';
import type { Client } from './rpc';

const LIMIT = 1000;

/** All rows of a paged list, a page in memory at a time. */
async function* pages<Row>(fetch: (offset: number) => Promise<{ total: number; rows: Row[] }>): AsyncGenerator<Row> {
  for (let offset = 0; ; offset += LIMIT) {
    const { total, rows } = await fetch(offset);
    yield* rows;
    if (offset + LIMIT >= total) return;
  }
}

/** Those that `query` shows, in its order; all where it is undefined. */
export function allFindings(
  client: Client,
  query: FindingsQuery | undefined,
  signal: AbortSignal,
): AsyncGenerator<Finding> {
  return pages((offset) => client.call('findings.page', { ...query, offset, limit: LIMIT }, { signal }));
}

/** Those of the findings that `query` shows, in the order of the findings; all by start where it is undefined. */
export function allOverlaps(
  client: Client,
  query: FindingsQuery | undefined,
  signal: AbortSignal,
): AsyncGenerator<Overlap> {
  const of = query && { findings: query };
  return pages((offset) => client.call('overlaps.page', { ...of, offset, limit: LIMIT }, { signal }));
}

/** The first rejected lines, at most `limit` of them: the count in the summary is always exact. */
export async function firstRejected(client: Client, limit: number, signal: AbortSignal): Promise<Rejected[]> {
  return (await client.call('rejected.page', { offset: 0, limit }, { signal })).rows;
}
