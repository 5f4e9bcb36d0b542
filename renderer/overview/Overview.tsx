import { ChartColumn } from 'lucide-react';
import { Suspense, lazy, use, useMemo, useState } from 'react';
import { cappedInWords } from '../../shared/account-words';
import type { Client } from '../../shared/rpc';
import type { CaseStore } from '../case/case-store';
import type { FilterStore } from '../findings/filter-store';
import { formatSpan, wholeSecond } from '../format-time';
import { OpenLogContext } from '../open-log';
import { useStore } from '../store';
import { useZone } from '../time-zone/zone';
import { isBetween } from '../timeline/gap';
import type { TimeWindow } from '../timeline/time-window';
import { Brush } from './Brush';
import { GapMarks } from './GapMarks';
import { MarkCharts } from './MarkCharts';
import css from './Overview.module.css';
import { binInWords, gapsInWords, histogramInWords } from './histogram-words';
import { useHistogram } from './use-histogram';

/** recharts is a large part of the page's code, and the table does not wait for it. */
const OverlapArea = lazy(() => import('./OverlapArea'));

interface Props {
  client: Client;
  run: number;
  store: FilterStore;
  decisions: CaseStore;
  /** Shorter overlaps do not count, ms. */
  minOverlapMs: number;
  /** Users whose later overlaps are counted and not in the chart. */
  cappedUsers: number;
  window: TimeWindow | undefined;
  onWindow: (window: TimeWindow | undefined) => void;
}

/** Overlaps over the whole log. Brushing a stretch zooms the timeline to it. */
export function Overview(props: Props) {
  const { client, run, store, decisions, minOverlapMs, cappedUsers, window, onWindow } = props;
  const { filter } = useStore(store);
  const { decisions: decided } = useStore(decisions);
  const { gaps: all } = use(OpenLogContext);
  const gaps = useMemo(() => all.filter(isBetween), [all]);
  const zone = useZone();
  const [charts, setCharts] = useState(false);
  const histogram = useHistogram(client, run, filter);
  const [bin, setBin] = useState<number>();
  const said = window
    ? `Zoomed to ${formatSpan(wholeSecond(window.from), wholeSecond(window.to))}`
    : 'Drag across to zoom the timeline, click to filter the table';
  // the same click again takes the condition away
  const onPick = (picked: number): void => {
    if (!histogram || histogram.overlaps[picked] === 0) return;
    const width = (histogram.to - histogram.from) / histogram.overlaps.length;
    const from = Math.floor(histogram.from + picked * width);
    const to = Math.ceil(histogram.from + (picked + 1) * width);
    const isThere = filter.time?.from === from && filter.time.to === to;
    store.set({ time: isThere ? undefined : { from, to } });
  };
  return (
    <section aria-label="Overlaps over time" className={css.overview}>
      <div className={css.head}>
        <h2>Overlaps over time ({zone})</h2>
        <p className={css.said} title={said}>
          {histogram && bin !== undefined ? binInWords(histogram, bin, gaps) : said}
        </p>
        <p className={css.legend} data-of="overlaps">
          overlaps
        </p>
        <p className={css.legend} data-of="users">
          users
        </p>
        {gaps.length > 0 && (
          <p className={css.legend} title={gapsInWords(gaps)}>
            no records
          </p>
        )}
        {cappedUsers > 0 && <p className={css.capped}>{cappedInWords(cappedUsers)}</p>}
        {window && (
          <button
            type="button"
            data-kind="link"
            onClick={() => store.set({ time: { from: Math.floor(window.from), to: Math.ceil(window.to) } })}
          >
            Filter the table to it
          </button>
        )}
        <button type="button" data-kind="link" disabled={!window} onClick={() => onWindow(undefined)}>
          Show all
        </button>
        <button type="button" aria-expanded={charts} onClick={() => setCharts(!charts)}>
          <ChartColumn size={16} /> Charts
        </button>
      </div>
      <div className={css.chart}>
        {histogram && (
          <>
            <p className="visually-hidden">{histogramInWords(histogram)}</p>
            {gaps.length > 0 && <p className="visually-hidden">{gapsInWords(gaps)}</p>}
            <Suspense fallback={null}>
              <OverlapArea zone={zone} histogram={histogram} />
            </Suspense>
            <GapMarks span={histogram} gaps={gaps} />
            <Brush
              span={histogram}
              bins={histogram.overlaps.length}
              window={window}
              onWindow={onWindow}
              onPick={onPick}
              onBin={setBin}
            />
          </>
        )}
      </div>
      {charts && <MarkCharts client={client} run={run} store={store} minOverlapMs={minOverlapMs} decided={decided} />}
    </section>
  );
}
