import { Suspense, lazy, useState } from 'react';
import type { FindingsFilter } from '../../shared/findings-filter';
import type { Client } from '../../shared/rpc';
import { formatSpan, wholeSecond } from '../format-time';
import type { TimeWindow } from '../timeline/time-window';
import { Brush } from './Brush';
import css from './Overview.module.css';
import { binInWords, histogramInWords } from './histogram-words';
import { useHistogram } from './use-histogram';

/** recharts is a large part of the page's code, and the table does not wait for it. */
const OverlapArea = lazy(() => import('./OverlapArea'));

interface Props {
  client: Client;
  run: number;
  filter: FindingsFilter;
  window: TimeWindow | undefined;
  onWindow: (window: TimeWindow | undefined) => void;
}

/** Overlaps over the whole log. Brushing a stretch zooms the timeline to it. */
export function Overview({ client, run, filter, window, onWindow }: Props) {
  const histogram = useHistogram(client, run, filter);
  const [bin, setBin] = useState<number>();
  const said = window
    ? `Zoomed to ${formatSpan(wholeSecond(window.from), wholeSecond(window.to))}`
    : 'Drag across to zoom the timeline';
  return (
    <section aria-label="Overlaps over time" className={css.overview}>
      <div className={css.head}>
        <h2>Overlaps over time (UTC)</h2>
        <p className={css.said}>{histogram && bin !== undefined ? binInWords(histogram, bin) : said}</p>
        <button type="button" data-kind="link" disabled={!window} onClick={() => onWindow(undefined)}>
          Show all
        </button>
      </div>
      <div className={css.chart}>
        {histogram && (
          <>
            <p className="visually-hidden">{histogramInWords(histogram)}</p>
            <Suspense fallback={null}>
              <OverlapArea histogram={histogram} />
            </Suspense>
            <Brush
              span={histogram}
              bins={histogram.overlaps.length}
              window={window}
              onWindow={onWindow}
              onBin={setBin}
            />
          </>
        )}
      </div>
    </section>
  );
}
