/** The places of the values from the least to the greatest; most columns are in order already, and are then not sorted. */
export function inOrder(values: Float64Array): Uint32Array<ArrayBuffer> {
  const order = new Uint32Array(values.length);
  let isSorted = true;
  for (let at = 0; at < order.length; at++) {
    order[at] = at;
    if (at > 0 && (values[at] ?? 0) < (values[at - 1] ?? 0)) isSorted = false;
  }
  return isSorted ? order : order.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
}
