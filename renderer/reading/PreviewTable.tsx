import type { Preview } from '../../shared/choices';
import { Value } from '../Value';
import { formatShort } from '../format-time';
import { useZone } from '../time-zone/zone';
import css from './ReadingDialog.module.css';
import { outcomeWords } from './reading-words';

/** The first rows: what each comes to, then its cells as they are. */
export function PreviewTable({ preview, stale }: { preview: Preview; stale: boolean }) {
  const zone = useZone();
  return (
    // it scrolls, so the keyboard must reach it
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={css.scroll} aria-label="Preview" aria-busy={stale} tabIndex={0}>
      <table className={css.table}>
        <thead>
          <tr>
            {['Line', 'Comes to', `Time (${zone})`, 'User', 'Source IP', 'Action', 'Session'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            {preview.columns.map((column, index) => (
              // two columns may have one name
              <th key={index} scope="col" data-raw>
                <Value text={column} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.rows.map((row, at) => (
            // rows are replaced all together, and not all have a line
            <tr key={at} data-outcome={row.outcome === 'event' ? 'event' : 'other'}>
              <td>{row.line ?? ''}</td>
              <td>{outcomeWords(row.outcome)}</td>
              <td>{row.time === null ? '' : formatShort(row.time)}</td>
              {[row.user, row.SrcIpAddr, row.action, row.sessionId].map((value, index) => (
                <td key={index}>
                  <Value text={value ?? ''} />
                </td>
              ))}
              {row.cells.map((cell, index) => (
                <td key={index} data-raw>
                  <Value text={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
