import { useRef } from 'react';
import type { Finding } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import type { RowWindow } from '../grid/row-window';
import type { FindingsQuery } from '../../shared/manifest';
import { idsBetween } from './tick-store';
import type { TickStore, Ticks } from './tick-store';

interface Ticking {
  /** Ticks or unticks one row; where a stretch begins next. */
  toggle: (index: number) => void;
  /** Ticks the rows from where the stretch began to this one; `from` is where it begins if it begins now. */
  extend: (from: number, to: number) => void;
  /** A row is gone to without ticking: the next stretch begins anew. */
  leave: () => void;
}

/** Ticking rows of a list one by one and in stretches, as file managers do it with Space, Ctrl and Shift. */
export function useTicking(client: Client, rows: RowWindow<Finding>, query: FindingsQuery, ticks: TickStore): Ticking {
  const stretch = useRef<{ from: number; before: Ticks; abort: AbortController }>(undefined);
  const leave = (): void => {
    stretch.current?.abort.abort();
    stretch.current = undefined;
  };
  return {
    leave,
    toggle: (index) => {
      leave();
      const finding = rows.row(index);
      if (!finding) return;
      ticks.toggle(finding.id);
      stretch.current = { from: index, before: ticks.state, abort: new AbortController() };
    },
    extend: (from, to) => {
      const mine = { from, before: ticks.state, ...stretch.current, abort: new AbortController() };
      stretch.current?.abort.abort();
      stretch.current = mine;
      const [first, last] = [Math.min(mine.from, to), Math.max(mine.from, to)];
      const here = loaded(rows, first, last);
      if (here) return ticks.tickMore(mine.before, here);
      // the list tells of a failure: nothing more is ticked then
      idsBetween(client, query, { first, last }, mine.abort.signal).then(
        (ids) => {
          if (!mine.abort.signal.aborted) ticks.tickMore(mine.before, ids);
        },
        () => undefined,
      );
      return undefined;
    },
  };
}

/** The ids of these rows, where all of them are in memory. */
function loaded(rows: RowWindow<Finding>, first: number, last: number): string[] | undefined {
  const ids: string[] = [];
  for (let index = first; index <= last; index++) {
    const finding = rows.row(index);
    if (!finding) return undefined;
    ids.push(finding.id);
  }
  return ids;
}
