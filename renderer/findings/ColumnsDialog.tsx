import { ArrowDown, ArrowUp } from 'lucide-react';
import { COLUMN_WIDTHS } from '../../shared/preferences';
import type { ColumnLayout } from '../../shared/preferences';
import { Dialog } from '../Dialog';
import { FIRST_LAYOUT, changed, columnIds } from './column-layout';
import { columns } from './columns';
import css from './ColumnsDialog.module.css';

/** Columns whose head names the time zone too. */
const TIMES: Readonly<Record<string, string>> = { firstOverlap: 'First overlap', lastOverlap: 'Last overlap' };

interface Props {
  layout: ColumnLayout;
  onChange: (layout: ColumnLayout) => void;
  onClose: () => void;
}

/** Which columns the table has, in which order and how wide. */
export function ColumnsDialog({ layout, onChange, onClose }: Props) {
  const shown = layout.columns.map(({ id }) => id).filter((id) => columnIds.includes(id));
  const all = [...shown, ...columnIds.filter((id) => !shown.includes(id))];
  return (
    <Dialog title="Columns" onClose={onClose}>
      <ul className={css.columns}>
        {all.map((id) => {
          const column = layout.columns.find((each) => each.id === id);
          const header = columns[columnIds.indexOf(id)]?.header;
          const name = typeof header === 'string' ? header : (TIMES[id] ?? id);
          return (
            <li key={id}>
              <label>
                <input
                  type="checkbox"
                  checked={column !== undefined}
                  onChange={() => onChange(changed(layout, id, { shown: column === undefined }))}
                />{' '}
                {name}
              </label>
              <select
                aria-label={`Width of ${name}`}
                disabled={!column}
                value={column?.width ?? 'normal'}
                onChange={(event) => {
                  const width = COLUMN_WIDTHS.find((each) => each === event.target.value);
                  if (width) onChange(changed(layout, id, { width }));
                }}
              >
                {COLUMN_WIDTHS.map((width) => (
                  <option key={width}>{width}</option>
                ))}
              </select>
              <button
                type="button"
                aria-label={`Move ${name} to the left`}
                disabled={!column}
                onClick={() => onChange(changed(layout, id, { by: -1 }))}
              >
                <ArrowUp size={16} />
              </button>
              <button
                type="button"
                aria-label={`Move ${name} to the right`}
                disabled={!column}
                onClick={() => onChange(changed(layout, id, { by: 1 }))}
              >
                <ArrowDown size={16} />
              </button>
            </li>
          );
        })}
      </ul>
      <label className={css.pinned}>
        <input
          type="checkbox"
          checked={layout.pinned}
          onChange={() => onChange({ ...layout, pinned: !layout.pinned })}
        />{' '}
        Keep the first column in sight
      </label>{' '}
      <button type="button" onClick={() => onChange(FIRST_LAYOUT)}>
        Columns as at first
      </button>
    </Dialog>
  );
}
