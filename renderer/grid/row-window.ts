import { isCancelled } from '../../shared/errors';
import { problemOf } from '../problem';
import type { Problem } from '../problem';
import { Store } from '../store';

export interface Page<Row> {
  total: number;
  rows: Row[];
}
/** Fetches rows of one list; the list is sorted, filtered and cut in the engine. */
export type LoadPage<Row> = (offset: number, limit: number, signal: AbortSignal) => Promise<Page<Row>>;

export const PAGE_ROWS = 200;
const PAGES_KEPT = 60;
const FETCHES_AT_ONCE = 2;

interface RowWindowState {
  total: number;
  /** Grows when rows have come, so that what was rendered from them can be rendered again. */
  version: number;
  /** Grows when another list is shown: the place in the old one means nothing in the new one. */
  list: number;
  /** The rows are of an earlier list; those of the new one are on their way. */
  stale: boolean;
  problem: Problem | undefined;
}

/** The part of a long list that is in memory: pages come as the view asks for them, the least recent go. */
export class RowWindow<Row> extends Store<RowWindowState> {
  #load: LoadPage<Row> | undefined;
  #pages = new Map<number, Row[] | 'loading'>();
  #abort = new AbortController();
  #wanted = { first: 0, last: 0 };
  #fetching = 0;

  constructor() {
    super({ total: 0, version: 0, list: 0, stale: true, problem: undefined });
  }

  /** Shows another list. Latest wins: the rows of the old one stay until the first page of this one is there. */
  async show(load: LoadPage<Row>): Promise<void> {
    this.#abort.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.patch({ stale: true, problem: undefined });
    try {
      const page = await load(0, PAGE_ROWS, abort.signal);
      if (abort.signal.aborted) return;
      this.#load = load;
      this.#pages = new Map([[0, page.rows]]);
      this.#came(page.total, this.state.list + 1);
    } catch (error) {
      if (!abort.signal.aborted && !isCancelled(error)) this.patch({ problem: problemOf(error) });
    }
  }

  /** Drops what is on its way; nothing is shown until `show` is called again. */
  stop(): void {
    this.#abort.abort();
  }

  row(index: number): Row | undefined {
    const page = this.#pages.get(Math.floor(index / PAGE_ROWS));
    return page === undefined || page === 'loading' ? undefined : page[index % PAGE_ROWS];
  }

  /** The row after the first one that is so, as far as both are in memory. */
  after(isSo: (row: Row) => boolean): Row | undefined {
    for (const [page, rows] of this.#pages) {
      const at = rows === 'loading' ? -1 : rows.findIndex(isSo);
      if (at !== -1) return this.row(page * PAGE_ROWS + at + 1);
    }
    return undefined;
  }

  /** Whether one of the rows in memory is so. */
  some(isSo: (row: Row) => boolean): boolean {
    return [...this.#pages.values()].some((rows) => rows !== 'loading' && rows.some(isSo));
  }

  /** Fetches what is missing of the rows `first` to `last`; what was wanted before and was not begun is forgotten. */
  want(first: number, last: number): void {
    this.#wanted = { first, last };
    this.#fetchWanted();
  }

  #fetchWanted(): void {
    if (this.state.stale) return;
    const end = Math.min(this.#wanted.last, this.state.total - 1);
    for (let page = Math.floor(this.#wanted.first / PAGE_ROWS); page <= Math.floor(end / PAGE_ROWS); page++) {
      const known = this.#pages.get(page);
      if (known !== undefined) this.#touch(page, known);
      else if (this.#fetching < FETCHES_AT_ONCE) void this.#fetch(page);
    }
  }

  async #fetch(page: number): Promise<void> {
    const { signal } = this.#abort;
    const pages = this.#pages;
    pages.set(page, 'loading');
    this.#fetching++;
    let came = false;
    try {
      const { total, rows } = (await this.#load?.(page * PAGE_ROWS, PAGE_ROWS, signal)) ?? { total: 0, rows: [] };
      came = !signal.aborted;
      if (came) {
        this.#touch(page, rows);
        this.#came(total, this.state.list);
      }
    } catch (error) {
      pages.delete(page);
      if (!signal.aborted && !isCancelled(error)) this.patch({ problem: problemOf(error) });
    } finally {
      this.#fetching--;
    }
    if (came) this.#fetchWanted(); // not after a failure: that would ask again for ever
  }

  /** Newest last: the map is the order of use. */
  #touch(page: number, rows: Row[] | 'loading'): void {
    this.#pages.delete(page);
    this.#pages.set(page, rows);
  }

  #came(total: number, list: number): void {
    for (const page of this.#pages.keys()) {
      if (this.#pages.size <= PAGES_KEPT) break;
      this.#pages.delete(page);
    }
    this.patch({ total, list, stale: false, problem: undefined, version: this.state.version + 1 });
  }
}
