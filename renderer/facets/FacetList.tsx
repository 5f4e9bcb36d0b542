import type { Facet, FacetCounts } from '../../shared/facets';
import { Value } from '../Value';
import { NOTHING } from '../findings/filter-words';
import { countOf, formatCount } from '../format-number';
import css from './FacetPanel.module.css';

const NAMES: Record<Facet, string> = {
  status: 'Status',
  verdict: 'Verdict',
  countries: 'Country',
  ipBlocks: 'IP block of an overlap',
  devices: 'Device',
  tags: 'Tag',
  assignee: 'Assignee',
  notes: 'Notes',
};

interface Props {
  facet: Facet;
  counts: FacetCounts;
  chosen: readonly string[];
  onToggle: (value: string) => void;
  onMore: () => void;
}

/** One facet: a checkbox for each value, the most frequent first. One that tells nothing apart is left out. */
export function FacetList({ facet, counts, chosen, onToggle, onMore }: Props) {
  const missing = chosen.filter((value) => !counts.values.some((each) => each.value === value));
  const values = [...counts.values, ...missing.map((value) => ({ value, findings: 0 }))];
  if (chosen.length === 0 && values.every(({ value }) => value === '')) return null;
  return (
    <fieldset className={css.facet}>
      <legend>{NAMES[facet]}</legend>
      <ul>
        {values.map(({ value, findings }) => (
          <li key={value}>
            <label>
              <input type="checkbox" checked={chosen.includes(value)} onChange={() => onToggle(value)} />
              <span className={css.value}>{value === '' ? <i>{NOTHING[facet] ?? ''}</i> : <Value text={value} />}</span>
              <span className={css.count}>
                {formatCount(findings)}
                <span className="visually-hidden">{findings === 1 ? ' finding' : ' findings'}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      {counts.more > 0 && (
        <button type="button" data-kind="link" onClick={onMore}>
          Show more ({countOf(counts.more, 'other')})
        </button>
      )}
    </fieldset>
  );
}
