/** The edges of the plot inside the chart, px: the brush lies exactly above what recharts draws. */
export const PLOT = { left: 52, right: 40, top: 6, bottom: 20 } as const;
