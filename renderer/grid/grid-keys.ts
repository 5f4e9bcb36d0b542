/** The row that a key leads to, inside a list of `count`; undefined for a key that is not for moving. */
export function rowAfterKey(key: string, current: number, count: number, rowsInView: number): number | undefined {
  const page = Math.max(1, rowsInView - 1); // one row stays in view, so that the eye keeps its place
  const target: Record<string, number> = {
    ArrowDown: current + 1,
    ArrowUp: current - 1,
    PageDown: current + page,
    PageUp: current - page,
    Home: 0,
    End: count - 1,
  };
  const wanted = Object.hasOwn(target, key) ? target[key] : undefined;
  return wanted === undefined || count === 0 ? undefined : Math.min(count - 1, Math.max(0, wanted));
}
