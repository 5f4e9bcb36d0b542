import type { LoadPage } from './row-window';

/**
 * Pages of a list that is in memory, sorted by a value of each entry; entries of one value keep their order. Sorted when
 * the first page is asked for, and then not again.
 */
export function localPages<Row>(
  count: number,
  row: (index: number) => Row,
  { value, descending }: { value: (index: number) => number | string; descending: boolean },
): LoadPage<Row> {
  let order: Uint32Array | undefined;
  const sorted = (): Uint32Array => {
    const values = Array.from({ length: count }, (_, index) => value(index));
    const by = (a: number, b: number): number => {
      const [left = 0, right = 0] = [values[a], values[b]];
      return left < right ? -1 : left > right ? 1 : 0;
    };
    return Uint32Array.from({ length: count }, (_, index) => index).sort(
      (a, b) => (descending ? by(b, a) : by(a, b)) || a - b,
    );
  };
  return (offset, limit) => {
    order ??= sorted();
    return Promise.resolve({ total: count, rows: Array.from(order.subarray(offset, offset + limit), row) });
  };
}
