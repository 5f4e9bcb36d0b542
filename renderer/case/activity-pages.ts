import type { Activity } from '../../shared/decisions';
import type { LoadPage, Page } from '../grid/row-window';

type Ask = (offset: number, limit: number) => Promise<Page<Activity>>;

/**
 * The activity log as it was when its first page came, the newest first. It only grows, and at its head: what has been
 * added since moves every older line down, which is taken into account. `onGrown` hears how many lines have come since.
 */
export function activityPages(ask: Ask, onGrown: (lines: number) => void): LoadPage<Activity> {
  let first: number | undefined;
  let grown = 0;
  return async (offset, limit) => {
    for (;;) {
      const page = await ask(offset + grown, limit);
      first ??= page.total;
      if (page.total === first + grown) return { total: first, rows: page.rows };
      grown = page.total - first;
      onGrown(grown);
    }
  };
}
