/** `1,204,332` */
export function formatCount(count: number): string {
  return count.toLocaleString('en');
}

const SHORT = new Intl.NumberFormat('en', { notation: 'compact' });

/** For an axis, where there is little room: `850`, `12K`, `1.2M`. */
export function shortCount(count: number): string {
  return SHORT.format(count);
}

/** `1 record`, `1,204,332 records`; `many` where adding an s is not enough. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Decimal units, as file managers and disks count: `312 B`, `4.2 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit] ?? ''}`;
}
