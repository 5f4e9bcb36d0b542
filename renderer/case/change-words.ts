import type { Change } from '../../shared/decisions';

/** A decision in words, for the button that takes it back. */
export function changeInWords({ status, verdict }: Change, findings: number): string {
  const parts: string[] = [];
  if (status !== undefined) parts.push(`status ${status}`);
  if (verdict !== undefined) parts.push(`verdict ${verdict ?? 'none'}`);
  const what = parts.length > 0 ? parts.join(', ') : 'the last change';
  return findings === 1 ? what : `${what} (${findings} users)`;
}
