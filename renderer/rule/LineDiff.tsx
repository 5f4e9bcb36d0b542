import { Fragment } from 'react';
import { countOf } from '../format-number';
import css from './LineDiff.module.css';
import { lineDiff, stretchesOf } from './line-diff';
import type { DiffLine } from './line-diff';
import { Scrollable } from './Scrollable';

const SIGNS = { same: ' ', removed: '−', added: '+' } as const;

interface Props {
  before: string;
  after: string;
  /** What the two texts are, for people. */
  names: readonly [before: string, after: string];
}

/** Two texts line by line, one below the other: each line that is removed or added says so by a sign and a word. */
export function LineDiff({ before, after, names }: Props) {
  const lines = lineDiff(before, after);
  const number = (kind: DiffLine['kind']): number => lines.filter((line) => line.kind === kind).length;
  if (number('removed') + number('added') === 0) return <p>The two texts are the same, line by line.</p>;
  return (
    <>
      <p>
        From {names[0]} to {names[1]}: {countOf(number('removed'), 'line')} removed, {number('added')} added,{' '}
        {number('same')} the same.
      </p>
      <Scrollable label={`What changes from ${names[0]} to ${names[1]}`}>
        <table className={css.diff}>
          <thead>
            <tr>
              <th scope="col">Before</th>
              <th scope="col">After</th>
              <th scope="col" colSpan={2}>
                Line
              </th>
            </tr>
          </thead>
          <tbody>
            {stretchesOf(lines).map((stretch, index) =>
              stretch.kind === 'same' ? (
                // stretches have no name of their own, and a diff is drawn anew as a whole
                // oxlint-disable-next-line react/no-array-index-key
                <tr key={index} className={css.same}>
                  <td colSpan={4}>{countOf(stretch.lines, 'line')} the same</td>
                </tr>
              ) : (
                // oxlint-disable-next-line react/no-array-index-key
                <Fragment key={index}>
                  {stretch.lines.map((line) => (
                    <tr key={`${line.before} ${line.after}`} data-kind={line.kind}>
                      <td className={css.number}>{line.before}</td>
                      <td className={css.number}>{line.after}</td>
                      <td className={css.sign}>
                        <span aria-hidden="true">{SIGNS[line.kind]}</span>
                        {line.kind !== 'same' && <span className="visually-hidden">{line.kind}</span>}
                      </td>
                      <td>
                        <code>{line.text}</code>
                      </td>
                    </tr>
                  ))}
                </Fragment>
              ),
            )}
          </tbody>
        </table>
      </Scrollable>
    </>
  );
}
