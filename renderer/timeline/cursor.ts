import { useMemo, useSyncExternalStore } from 'react';
import { Store } from '../store';

/** One moment that the timeline and the tables below it share: pointed at in one of them, it is seen in all. */
export class Cursor extends Store<{ time: number | undefined }> {
  constructor() {
    super({ time: undefined });
  }

  set(time: number | undefined): void {
    if (time !== this.state.time) this.patch({ time });
  }
}

/** Whether a row is about this time. */
type IsAt = (time: number) => boolean;

const nothing = new Cursor();

/** Which of these the cursor is in. Renders again only when that changes, not with every movement of the cursor. */
export function useUnderCursor(cursor: Cursor | undefined, rows: readonly (IsAt | undefined)[]): ReadonlySet<number> {
  const store = cursor ?? nothing;
  const key = useSyncExternalStore(store.subscribe, () => {
    const { time } = store.state;
    if (time === undefined) return '';
    return rows.flatMap((isAt, index) => (isAt?.(time) ? index : [])).join();
  });
  return useMemo(() => new Set(key === '' ? [] : key.split(',').map(Number)), [key]);
}
