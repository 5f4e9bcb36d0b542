import { X } from 'lucide-react';
import { Value } from '../Value';
import { useStore } from '../store';
import css from './FilterChips.module.css';
import { conditionsOf } from './filter-store';
import type { FilterStore } from './filter-store';
import { conditionInWords } from './filter-words';

/** What the filter asks, a chip for each condition; a press removes it. The text has its own field. */
export function FilterChips({ filter: store }: { filter: FilterStore }) {
  const { filter } = useStore(store);
  const conditions = conditionsOf(filter).filter((condition) => condition !== 'text');
  if (conditions.length === 0) return null;
  return (
    <ul className={css.chips} aria-label="Filter conditions">
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
