import { X } from 'lucide-react';
import { Value } from '../Value';
import { useStore } from '../store';
import css from './FilterChips.module.css';
import { conditionsOf } from './filter-store';
import type { FilterStore } from './filter-store';
import { conditionInWords } from './filter-words';

/** What the filter asks, a chip for each condition; a press removes it. The text has its own field. */
export function FilterChips({ filter: store }: { filter: FilterStore }) {
  const { filter, restored } = useStore(store);
  const all = conditionsOf(filter);
  const conditions = all.filter((condition) => condition !== 'text');
  if (conditions.length === 0 && !(restored && all.length > 0)) return null;
  return (
    <ul className={css.chips} aria-label="Filter conditions">
      {restored && <li>Filter from last time:</li>}
      {restored && filter.text !== undefined && (
        <li>
          <Value text={conditionInWords(filter, 'text') ?? ''} />
        </li>
      )}
      {conditions.map((condition) => (
        <li key={condition}>
          <button type="button" title="Remove this condition" onClick={() => store.remove(condition)}>
            <Value text={conditionInWords(filter, condition) ?? ''} /> <X size={14} aria-label="Remove" />
          </button>
        </li>
      ))}
      <li>
        <button type="button" data-kind="link" onClick={() => store.clear()}>
          Clear the filter
        </button>
      </li>
    </ul>
  );
}
