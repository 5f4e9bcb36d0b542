import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import { rowAfterKey } from './grid-keys';
import type { RowWindow } from './row-window';

interface Options {
  /** The list that the engine holds; `list` and `version` are those of its state. */
  rows: Pick<RowWindow<unknown>, 'want'>;
  list: number;
  version: number;
  count: number;
  /** The row that has the focus, or would have it. */
  current: number;
  rowPx: number;
  headPx: number;
}

interface GridRows {
  scroller: RefObject<HTMLDivElement | null>;
  virtual: Virtualizer<HTMLDivElement, Element>;
  /** The current row gets the focus once it is drawn. */
  focusCurrent: () => void;
  /** The plain key that was pressed on a row; undefined when it came with Ctrl, Alt or Meta, or not from a row. */
  keyOnRow: (event: KeyboardEvent<HTMLDivElement>) => string | undefined;
  /** The row that a key leads to from the current one; undefined for any other key. */
  rowAfter: (key: string) => number | undefined;
}

/** What every long grid does with its rows: draws those in view, asks for their pages, and moves the focus among them. */
export function useGridRows({ rows, list, version, count, current, rowPx, headPx }: Options): GridRows {
  const scroller = useRef<HTMLDivElement>(null);
  const takeFocus = useRef(false);

  // the React Compiler, which this library does not suit, is not used here
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 8,
    scrollMargin: headPx,
    scrollPaddingStart: headPx,
    // the focused row stays in the document wherever the list is scrolled to, or the focus would be lost
    rangeExtractor: (range) => [...new Set([current, ...defaultRangeExtractor(range)])].sort((a, b) => a - b),
  });
  const first = virtual.range?.startIndex ?? 0;
  const last = virtual.range?.endIndex ?? 0;
  useEffect(() => rows.want(first, last), [rows, first, last, version]);
  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [list]);
  useEffect(() => {
    if (!takeFocus.current) return;
    takeFocus.current = false;
    scroller.current?.querySelector<HTMLElement>(`[data-index="${current}"]`)?.focus({ preventScroll: true });
  });

  return {
    scroller,
    virtual,
    focusCurrent: () => {
      takeFocus.current = true;
    },
    keyOnRow: ({ target, key, ctrlKey, metaKey, altKey }) => {
      const onRow = target instanceof HTMLElement && target.dataset['index'] !== undefined;
      return onRow && !ctrlKey && !metaKey && !altKey ? key : undefined;
    },
    rowAfter: (key) => {
      const inView = Math.floor(((scroller.current?.clientHeight ?? 0) - headPx) / rowPx);
      return rowAfterKey(key, current, count, inView);
    },
  };
}
