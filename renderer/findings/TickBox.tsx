import type { MouseEvent } from 'react';
import { visibleText } from '../../shared/visible-text';
import { formatCount } from '../format-number';
import { useStore } from '../store';
import css from './TickBox.module.css';
import type { TickStore } from './tick-store';

interface RowProps {
  ticks: TickStore;
  id: string;
  user: string;
  onTick: (event: MouseEvent) => void;
}

/** The box of a row. It is no stop of the Tab key: Space ticks the row that has the focus. */
export function TickBox({ ticks, id, user, onTick }: RowProps) {
  useStore(ticks);
  return (
    <label className={css.box}>
      <input
        type="checkbox"
        tabIndex={-1}
        aria-label={`Tick ${visibleText(user)}`}
        checked={ticks.has(id)}
        onChange={() => undefined} // the click tells whether Shift was held
        onClick={(event) => {
          event.stopPropagation();
          onTick(event);
        }}
      />
    </label>
  );
}

/** The box above the rows ticks all that the filter lets through, also those that are not in sight. */
export function TickAllBox({ ticks, total }: { ticks: TickStore; total: number }) {
  useStore(ticks);
  const count = ticks.count(total);
  const every = total > 0 && count === total;
  const words = every ? 'Untick all' : `Tick all ${formatCount(total)} that match (Ctrl+A)`;
  return (
    <label className={css.box} title={words}>
      <input
        type="checkbox"
        aria-label={words}
        disabled={total === 0}
        checked={every}
        ref={(element) => {
          if (element) element.indeterminate = count > 0 && !every;
        }}
        onChange={() => (every ? ticks.clear() : ticks.tickAll())}
      />
    </label>
  );
}
