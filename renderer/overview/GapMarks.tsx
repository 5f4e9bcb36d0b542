import type { TimeWindow } from '../timeline/time-window';
import css from './GapMarks.module.css';
import { shareAt } from './brush-math';
import { PLOT } from './plot-area';

/** Where the log itself is silent, as stripes behind the brush. The words beside the chart say the same. */
export function GapMarks({ span, gaps }: { span: TimeWindow; gaps: readonly TimeWindow[] }) {
  return (
    <div
      aria-hidden="true"
      className={css.marks}
      style={{ left: PLOT.left, right: PLOT.right, top: PLOT.top, bottom: PLOT.bottom }}
    >
      {gaps.map((gap) => {
        const [from, to] = [100 * shareAt(gap.from, span), 100 * shareAt(gap.to, span)];
        return (
          <div key={gap.from} data-gap="" className={css.gap} style={{ left: `${from}%`, width: `${to - from}%` }} />
        );
      })}
    </div>
  );
}
