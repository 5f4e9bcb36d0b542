import { memo, useMemo } from 'react';
import { Area, AreaChart, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { shortCount } from '../format-number';
import { roundTimes } from '../timeline/math/axis';
import { tickInWords } from './histogram-words';
import { PLOT } from './plot-area';
import type { Histogram } from './use-histogram';

const TICKS = 8;

/**
 * The curve of overlaps, and dashed the one of the flagged users who have them. Memoised: it is drawn again when its numbers or the time zone change, never while a hand moves. One stepped path
 * instead of a bar a bin, because 240 bars cost a frame. The brush is an overlay of its own for the same reason.
 */
export default memo(function OverlapArea({ histogram, zone }: { histogram: Histogram; zone: string }) {
  const { points, ticks } = useMemo(() => {
    const { from, to, overlaps, users } = histogram;
    const width = (to - from) / overlaps.length;
    const steps = Array.from(overlaps, (count, bin) => ({
      time: from + bin * width,
      overlaps: count,
      users: users[bin] ?? 0,
    }));
    steps.push({ time: to, overlaps: overlaps.at(-1) ?? 0, users: users.at(-1) ?? 0 }); // a step ends where the next begins
    return { points: steps, ticks: roundTimes({ from, to }, TICKS), zone };
  }, [histogram, zone]);
  return (
    <ResponsiveContainer width="100%" height="100%">
      <AreaChart
        data={points}
        margin={{ left: 0, right: PLOT.right, top: PLOT.top, bottom: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="time"
          type="number"
          domain={[histogram.from, histogram.to]}
          ticks={ticks}
          tickFormatter={tickInWords}
          height={PLOT.bottom}
          stroke="var(--line)"
          interval="preserveStartEnd"
        />
        <YAxis width={PLOT.left} allowDecimals={false} tickCount={3} tickFormatter={shortCount} stroke="var(--line)" />
        <Area
          dataKey="overlaps"
          type="stepAfter"
          isAnimationActive={false}
          stroke="var(--overlap)"
          fill="var(--overlap-band)"
          dot={false}
          activeDot={false}
        />
        <Area
          dataKey="users"
          type="stepAfter"
          isAnimationActive={false}
          stroke="var(--text)"
          strokeDasharray="3 2"
          fill="none"
          dot={false}
          activeDot={false}
        />
      </AreaChart>
    </ResponsiveContainer>
  );
});
