import { memo } from 'react';
import { Bar, BarChart, Cell, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { shortCount } from '../format-number';
import css from './MarkChart.module.css';
import type { Mark } from './marks';

interface Props {
  title: string;
  marks: readonly Mark[];
  /** Bars side by side, or one below the other where the labels are long. */
  layout: 'columns' | 'rows';
  /** A dashed line so many bars, and parts of one, from the left. */
  line?: number;
  onToggle: (key: string) => void;
}

/** Where the buttons lie above the bars that recharts draws, px. */
const EDGE = { columns: { left: 34, right: 4, top: 6, bottom: 18 }, rows: { right: 34, top: 2, bottom: 2 } };
/** Labels beside the bars have as much room as the longest needs, and not more than this. */
const LABEL_MOST = 140;
const LETTER = 6.3;
const LABEL_ROOM = 14;

function labelWidth(marks: readonly Mark[]): number {
  return Math.min(LABEL_MOST, LABEL_ROOM + LETTER * Math.max(...marks.map(({ label }) => label.length), 2));
}

/** The middle of what is too long is left out: addresses differ at their ends. */
function shortLabel(label: string): string {
  const letters = Math.floor((LABEL_MOST - LABEL_ROOM) / LETTER);
  if (label.length <= letters) return label;
  const half = Math.floor((letters - 1) / 2);
  return `${label.slice(0, half)}…${label.slice(-half)}`;
}

/** Bars, each of which filters the queue. What is drawn is a picture; above each bar lies a button that says it in words. */
export default memo(function MarkChart({ title, marks, layout, line, onToggle }: Props) {
  const rows = layout === 'rows';
  const edge = rows ? { ...EDGE.rows, left: labelWidth(marks) } : EDGE.columns;
  const bars = (
    <Bar dataKey="count" isAnimationActive={false} {...(rows && { barSize: 8 })}>
      {marks.map(({ key, chosen }) => (
        <Cell key={key} fill={chosen ? 'var(--accent)' : 'var(--presence)'} />
      ))}
    </Bar>
  );
  return (
    <figure className={css.figure}>
      <figcaption>{title}</figcaption>
      <div className={css.chart}>
        <div aria-hidden className={css.picture}>
          <ResponsiveContainer width="100%" height="100%">
            {rows ? (
              <BarChart
                layout="vertical"
                data={[...marks]}
                margin={{ left: 0, right: edge.right, top: edge.top, bottom: edge.bottom }}
                accessibilityLayer={false}
              >
                <XAxis type="number" hide />
                <YAxis
                  type="category"
                  dataKey="label"
                  width={edge.left}
                  interval={0}
                  tickFormatter={shortLabel}
                  stroke="var(--line)"
                  tickLine={false}
                />
                {bars}
              </BarChart>
            ) : (
              <BarChart
                data={[...marks]}
                margin={{ left: 0, right: edge.right, top: edge.top, bottom: 0 }}
                accessibilityLayer={false}
              >
                <XAxis dataKey="label" interval={0} height={edge.bottom} stroke="var(--line)" tickLine={false} />
                <YAxis
                  width={edge.left}
                  allowDecimals={false}
                  tickCount={3}
                  tickFormatter={shortCount}
                  stroke="var(--line)"
                />
                {bars}
              </BarChart>
            )}
          </ResponsiveContainer>
        </div>
        {line !== undefined && (
          <div aria-hidden className={css.lineRoom} style={edge}>
            <div data-line className={css.line} style={{ left: `${(100 * line) / marks.length}%` }} />
          </div>
        )}
        <ul className={css.marks} data-layout={layout} style={edge} aria-label={title}>
          {marks.map(({ key, words, chosen, count }) => (
            <li key={key}>
              <button
                type="button"
                aria-pressed={chosen}
                aria-label={words}
                title={words}
                onClick={() => onToggle(key)}
              >
                {rows && <span className={css.count}>{count.toLocaleString('en')}</span>}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </figure>
  );
});
