import type { RowSample } from '../../shared/rules';
import { Value } from '../Value';
import { Scrollable } from './Scrollable';
import css from './SampleTable.module.css';

/** Rows of a stage or of the result, in Kusto's text form. Null is written out: it is not an empty text. */
export function SampleTable({ caption, sample }: { caption: string; sample: RowSample }) {
  return (
    <Scrollable label={caption}>
      <table className={css.table}>
        <caption>
          <Value text={caption} />
        </caption>
        <thead>
          <tr>
            {sample.columns.map((column) => (
              <th key={column} scope="col">
                <Value text={column} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sample.rows.map((row, index) => (
            // rows of a query have no key, and do not move
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={sample.columns[column] ?? column}>
                  {cell === null ? <em className={css.none}>null</em> : <Value text={cell} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  );
}
