import type { ColumnLayout } from '../../shared/preferences';
import { columns } from './columns';

type ColumnId = string;

/** Width in px; `grows`: its share of what is left over. */
const WIDTHS: Record<ColumnId, { px: number; grows?: number }> = {
  DstUserName: { px: 200, grows: 1.6 },
  distinctIps: { px: 92 },
  maxConcurrentIps: { px: 92 },
  overlapCount: { px: 84 },
  overlapSeconds: { px: 126 },
  countries: { px: 110, grows: 0.8 },
  firstOverlap: { px: 158 },
  lastOverlap: { px: 158 },
  status: { px: 90 },
  verdict: { px: 120, grows: 0.8 },
};
const OTHER = { px: 120 };
const FACTOR = { narrow: 0.7, normal: 1, wide: 1.6 } as const;
const GAP_PX = 12;
/** At both sides, with the column of the tick boxes. */
const PADDING_PX = 28 + 20 + GAP_PX;

export const columnIds: readonly ColumnId[] = columns.map((column) => column.id ?? accessorOf(column));

function accessorOf(column: (typeof columns)[number]): string {
  return 'accessorKey' in column ? String(column.accessorKey) : '';
}

/** All columns in the order in which they come. */
export const EVERY_COLUMN: ColumnLayout = { columns: columnIds.map((id) => ({ id, width: 'normal' })), pinned: false };

/** The columns that a layout shows, in its order, with the CSS of their widths. What Doppel does not have (any more) is left out. */
export function shownColumns(layout: ColumnLayout) {
  const known = layout.columns.filter(({ id }) => columnIds.includes(id));
  const parts = known.length > 0 ? known : EVERY_COLUMN.columns;
  const widths = parts.map(({ id, width }) => {
    const { px, grows } = { grows: undefined, ...(WIDTHS[id] ?? OTHER) };
    return { px: Math.round(px * FACTOR[width]), grows: grows === undefined ? undefined : grows * FACTOR[width] };
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
