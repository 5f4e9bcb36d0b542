/**
 * Rows of cells as lines for a terminal, each column as wide as its widest cell; `right` tells the columns whose cells stand
 * at the right, by index.
 */
export function inColumns(rows: readonly (readonly string[])[], right: ReadonlySet<number> = new Set()): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  }
  const padded = (cell: string, index: number): string =>
    right.has(index) ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0);
  return `${rows.map((row) => row.map(padded).join('  ').trimEnd()).join('\n')}\n`;
}
