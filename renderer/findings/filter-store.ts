import type { FindingsFilter } from '../../shared/findings-filter';
import { Store } from '../store';

/** A condition of the filter, such as `countries`. */
export type Condition = keyof FindingsFilter;
type ListCondition =
  | 'status'
  | 'verdict'
  | 'tags'
  | 'assignee'
  | 'notes'
  | 'countries'
  | 'devices'
  | 'ips'
  | 'ipBlocks'
  | 'hours';
type EntryOf<C extends ListCondition> = NonNullable<FindingsFilter[C]>[number];

/** Typing settles before the list is asked for. */
const SETTLED_MS = 80;

interface FilterState {
  filter: FindingsFilter;
  /** What stands in the field of the text, whose condition follows once the typing has settled. */
  typed: string;
  /** It is the filter of the last time, and nobody has changed it since. */
  restored: boolean;
}

/**
 * Which findings the page shows: one filter for the table, the overview and every export. Whatever a person clicks to see
 * less or more of changes it here, and a chip says so (FilterChips.tsx).
 */
export class FilterStore extends Store<FilterState> {
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(filter: FindingsFilter = {}) {
    super({ filter, typed: filter.text ?? '', restored: true });
  }

  /** Takes the filter of the last time, unless somebody has chosen another meanwhile. */
  restore(filter: FindingsFilter): void {
    if (!this.state.restored || JSON.stringify(filter) === JSON.stringify(this.state.filter)) return;
    this.patch({ filter, typed: filter.text ?? '' });
  }

  /** Calls back whenever the filter is another one; what comes back ends that. */
  onFilter(listener: () => void): () => void {
    let before = this.state.filter;
    return this.subscribe(() => {
      if (this.state.filter === before) return;
      before = this.state.filter;
      listener();
    });
  }

  /** The text as it is being typed. */
  type(typed: string): void {
    clearTimeout(this.#settling);
    this.patch({ typed });
    const text = typed.trim();
    if (text === (this.state.filter.text ?? '')) return;
    this.#settling = setTimeout(
      () => this.patch({ filter: whole({ ...this.state.filter, text }), restored: false }),
      SETTLED_MS,
    );
  }

  /** Puts conditions in place of what they were; undefined or an empty list removes one. */
  set(change: { [C in Condition]?: FindingsFilter[C] | undefined }): void {
    this.replace({ ...this.state.filter, ...change });
  }

  /** Adds an entry to a list, or takes it out. */
  toggle<C extends ListCondition>(condition: C, entry: EntryOf<C>): void {
    const entries: readonly unknown[] = this.state.filter[condition] ?? [];
    const next = entries.includes(entry) ? entries.filter((each) => each !== entry) : [...entries, entry];
    // entries of one condition are of one type, which the union of them all does not know
    this.set({ [condition]: next } as Partial<FindingsFilter>);
  }

  remove(condition: Condition): void {
    this.set({ [condition]: undefined });
  }

  clear(): void {
    this.replace({});
  }

  /** Another filter, such as one that was saved. */
  replace(change: { [C in Condition]?: FindingsFilter[C] | undefined }): void {
    clearTimeout(this.#settling);
    const filter = whole(change);
    this.patch({ filter, typed: filter.text ?? '', restored: false });
  }
}

/** Without conditions that ask nothing. No finding chosen is not the same as all of them, so an empty `ids` stays. */
function whole(filter: { [C in Condition]?: FindingsFilter[C] | undefined }): FindingsFilter {
  const entries = Object.entries(filter).filter(([name, value]) => {
    if (value === undefined || value === '') return false;
    if (name === 'hoursIn') return filter.hours !== undefined && filter.hours.length > 0;
    return name === 'ids' || !Array.isArray(value) || value.length > 0;
  });
  return Object.fromEntries(entries) as FindingsFilter; // what is left is what was there
}

/** The conditions of a filter, in the order in which they are told. */
export function conditionsOf(filter: FindingsFilter): Condition[] {
  // a filter has no other keys; the zone of the hours is told with them
  return (Object.keys(filter) as Condition[]).filter((condition) => condition !== 'hoursIn');
}
