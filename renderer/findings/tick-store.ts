import type { Client } from '../../shared/rpc';
import { Store } from '../store';
import type { FindingsQuery } from '../../shared/manifest';

/** Ids that the engine tells at once. */
const IDS_AT_ONCE = 10_000;

export interface Ticks {
  /** Every finding that the filter lets through is ticked, but for those in `ids`. Else those in `ids` alone are. */
  all: boolean;
  ids: ReadonlySet<string>;
}

const NONE: Ticks = { all: false, ids: new Set() };

/** The findings that are ticked, to be changed or exported together. Of 100,000 that match it keeps only who is not among them. */
export class TickStore extends Store<Ticks> {
  constructor() {
    super(NONE);
  }

  has(id: string): boolean {
    return this.state.ids.has(id) !== this.state.all;
  }

  toggle(id: string): void {
    const ids = new Set(this.state.ids);
    if (!ids.delete(id)) ids.add(id);
    this.patch({ ids });
  }

  tickAll(): void {
    this.patch({ all: true, ids: new Set() });
  }

  clear(): void {
    if (this.state !== NONE) this.become(NONE);
  }

  /** What was ticked at a time, and these with it. */
  tickMore({ all, ids }: Ticks, more: Iterable<string>): void {
    const next = new Set(ids);
    for (const id of more) {
      if (all) next.delete(id);
      else next.add(id);
    }
    this.patch({ all, ids: next });
  }

  /** How many of the `total` findings that the filter lets through. */
  count(total: number): number {
    return this.state.all ? Math.max(0, total - this.state.ids.size) : this.state.ids.size;
  }
}

/** The ids of all that is ticked; what `all` stands for is asked of the engine, page by page. */
export async function tickedIds(
  client: Client,
  ticks: Ticks,
  query: FindingsQuery,
  signal: AbortSignal,
): Promise<string[]> {
  if (!ticks.all) return [...ticks.ids];
  const every = await idsBetween(client, query, { first: 0, last: Infinity }, signal);
  return every.filter((id) => !ticks.ids.has(id));
}

/** The ids of the rows `first` to `last` of the list, as far as it goes. */
export async function idsBetween(
  client: Client,
  query: FindingsQuery,
  { first, last }: { first: number; last: number },
  signal: AbortSignal,
): Promise<string[]> {
  const found: string[] = [];
  for (;;) {
    const offset = first + found.length;
    const limit = Math.min(IDS_AT_ONCE, last - offset + 1);
    if (limit <= 0) return found;
    const { ids, total } = await client.call('findings.ids', { ...query, offset, limit }, { signal });
    found.push(...ids);
    if (ids.length === 0 || first + found.length >= total) return found;
  }
}
