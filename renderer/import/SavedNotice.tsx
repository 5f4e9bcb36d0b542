import { BookMarked } from 'lucide-react';
import type { InputSummary } from '../../shared/domain';
import { Value } from '../Value';
import { formatDay } from '../format-time';
import css from './ImportStrip.module.css';

interface Props {
  inputs: readonly InputSummary[];
  /** How a file is read is to be chosen. */
  onChange: (input: InputSummary) => void;
}

/** Files that nobody was asked about, because their columns are those of a saved reading: one line a reading. */
export function SavedNotice({ inputs, onChange }: Props) {
  const byReading = new Map<string, InputSummary[]>();
  for (const input of inputs) {
    const name = input.reading.saved?.name;
    if (name !== undefined) byReading.set(name, [...(byReading.get(name) ?? []), input]);
  }
  return [...byReading.values()].map(([first, ...others]) => {
    if (!first?.reading.saved) return null;
    const { name, savedAt } = first.reading.saved;
    return (
      <p key={name} className={css.saved}>
        <BookMarked size={16} />
        <span>
          <strong>
            <Value text={first.name} />
          </strong>
          {others.length > 0 ? ` and ${others.length} more are` : ' is'} read as “<Value text={name} />
          ”, saved on {formatDay(savedAt)}.
        </span>
        {first.file !== '' && (
          <button type="button" data-kind="link" onClick={() => onChange(first)}>
            Change how it is read
          </button>
        )}
      </p>
    );
  });
}
