import type { ColumnLayout } from '../../shared/preferences';
import { columns } from './columns';

type ColumnId = string;

/** Width in px; `grows`: its share of what is left over. */
const WIDTHS: Record<ColumnId, { px: number; grows?: number }> = {
  DstUserName: { px: 226, grows: 1.8 },
  distinctIps: { px: 84 },
  maxConcurrentIps: { px: 64 },
  overlapCount: { px: 68 },
  overlapSeconds: { px: 124 },
  countries: { px: 74, grows: 0.6 },
  // a whole time to the second
  firstOverlap: { px: 150 },
  lastOverlap: { px: 150 },
  status: { px: 70 },
  verdict: { px: 106 },
  assignee: { px: 100, grows: 0.6 },
  tags: { px: 48, grows: 1 },
  notes: { px: 48 },
};
const OTHER = { px: 120 };
const FACTOR = { narrow: 0.7, normal: 1, wide: 1.6 } as const;
const GAP_PX = 8;
/** At both sides, with the column of the tick boxes. */
const PADDING_PX = 28 + 20 + GAP_PX;

export const columnIds: readonly ColumnId[] = columns.map((column) => column.id ?? accessorOf(column));

function accessorOf(column: object): string {
  return 'accessorKey' in column ? String(column.accessorKey) : '';
}

/** Two that a window of 1280 px has no room for. */
const AT_FIRST_HIDDEN: readonly ColumnId[] = ['distinctIps', 'assignee'];

/** The columns that are shown until somebody chooses others. */
export const FIRST_LAYOUT: ColumnLayout = {
  columns: columnIds.filter((id) => !AT_FIRST_HIDDEN.includes(id)).map((id) => ({ id, width: 'normal' })),
  pinned: false,
};

/** What the distance from UTC after a time needs, px. */
const OFFSET_PX = 50;
const TIMES: readonly ColumnId[] = ['firstOverlap', 'lastOverlap'];

/**
 * The columns that a layout shows, in its order, with the CSS of their widths. What Doppel does not have (any more) is left
 * out. `offsets`: times are written with their distance from UTC.
 */
export function shownColumns(layout: ColumnLayout, offsets = false) {
  const known = layout.columns.filter(({ id }) => columnIds.includes(id));
  const parts = known.length > 0 ? known : FIRST_LAYOUT.columns;
  const widths = parts.map(({ id, width }) => {
    const { px, grows } = { grows: undefined, ...(WIDTHS[id] ?? OTHER) };
    const more = offsets && TIMES.includes(id) ? OFFSET_PX : 0;
    return {
      px: Math.round(px * FACTOR[width]) + more,
      grows: grows === undefined ? undefined : grows * FACTOR[width],
    };
  });
  return {
    columns: parts.flatMap(({ id }) => columns.filter((_, at) => columnIds[at] === id)),
    template: widths
      .map(({ px, grows }) => (grows === undefined ? `${px}px` : `minmax(${px}px, ${grows}fr)`))
      .join(' '),
    leastPx: widths.reduce((sum, { px }) => sum + px, PADDING_PX + GAP_PX * (widths.length - 1)),
  };
}

/** A column shown or hidden, wider or narrower, or moved by so many places among those that are shown. */
export function changed(
  layout: ColumnLayout,
  id: ColumnId,
  change: { shown?: boolean; width?: keyof typeof FACTOR; by?: -1 | 1 },
): ColumnLayout {
  const at = layout.columns.findIndex((column) => column.id === id);
  const now = layout.columns[at];
  if (!now) return change.shown ? { ...layout, columns: [...layout.columns, { id, width: 'normal' }] } : layout;
  if (change.shown === false) {
    return layout.columns.length === 1 ? layout : { ...layout, columns: layout.columns.toSpliced(at, 1) };
  }
  const next = { ...now, width: change.width ?? now.width };
  const to = Math.min(layout.columns.length - 1, Math.max(0, at + (change.by ?? 0)));
  return { ...layout, columns: layout.columns.toSpliced(at, 1).toSpliced(to, 0, next) };
}
