import { ListOrdered } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { visibleText } from '../../shared/visible-text';
import { LANE_SORTS } from './arrange';
import type { Arrangement, LaneSort } from './arrange';
import css from './LaneControls.module.css';

const SORT_WORDS: Record<LaneSort, string> = {
  first: 'first presence',
  ip: 'source IP',
  overlaps: 'most overlaps',
  length: 'longest presence',
};

interface Props {
  arrangement: Arrangement;
  /** Names of the lanes as they stand. */
  lanes: readonly string[];
  onArrange: (arrangement: Arrangement) => void;
}

/** In which order the lanes stand, which of them are on top, and whether neighbours share one. */
export function LaneControls({ arrangement, lanes, onArrange }: Props) {
  const { pinned } = arrangement;
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = ({ target }: PointerEvent): void => {
      if (menu.current?.open && target instanceof Node && !menu.current.contains(target)) menu.current.open = false;
    };
    document.addEventListener('pointerdown', close);
    return () => document.removeEventListener('pointerdown', close);
  }, []);
  return (
    // Esc, pressed on any control of the menu, closes it
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <details
      ref={menu}
      className={css.menu}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !event.currentTarget.open) return;
        event.stopPropagation();
        event.currentTarget.open = false;
        event.currentTarget.querySelector('summary')?.focus();
      }}
    >
      <summary title="In which order the source IPs stand">
        <ListOrdered size={14} /> Lanes
      </summary>
      <fieldset aria-label="Lanes" className={css.lanes}>
        <label>
          Lanes by{' '}
          <select
            value={arrangement.sort}
            onChange={({ target }) => {
              const sort = LANE_SORTS.find((candidate) => candidate === target.value);
              if (sort) onArrange({ ...arrangement, sort });
            }}
          >
            {LANE_SORTS.map((sort) => (
              <option key={sort} value={sort}>
                {SORT_WORDS[sort]}
              </option>
            ))}
          </select>
        </label>
        <label>
          <input
            type="checkbox"
            checked={arrangement.merge}
            onChange={({ target }) => onArrange({ ...arrangement, merge: target.checked, pinned: [] })}
          />
          Merge /24 and /64
        </label>
        <label>
          Pin{' '}
          <select value="" onChange={({ target }) => onArrange({ ...arrangement, pinned: [...pinned, target.value] })}>
            <option value="">a source IP on top…</option>
            {lanes
              .filter((lane) => !pinned.includes(lane))
              .slice(0, 1000)
              .map((lane) => (
                <option key={lane} value={lane}>
                  {visibleText(lane)}
                </option>
              ))}
          </select>
        </label>
        {pinned.length > 0 && (
          <button type="button" onClick={() => onArrange({ ...arrangement, pinned: [] })}>
            Unpin {pinned.length}
          </button>
        )}
      </fieldset>
    </details>
  );
}
