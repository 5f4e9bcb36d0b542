import type { WhatIf } from '../../shared/rules';
import { countOf, formatCount } from '../format-number';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Where the sliders stop, in ms. */
export const SHORTEST_OVERLAPS = [0, 1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 720, 1440].map((each) => each * MINUTE);
export const IDLE_GAPS = [0.25, 0.5, 1, 2, 4, 6, 8, 12, 24, 48, 168].map((each) => each * HOUR);

/** The place on a slider that comes nearest to a length, by ratio. */
export function nearestStep(steps: readonly number[], ms: number): number {
  const far = (step: number): number => Math.abs(Math.log((step + 1) / (ms + 1)));
  return steps.reduce((best, step, index) => (far(step) < far(steps[best] ?? 0) ? index : best), 0);
}

/** `Flags 3 users instead of 5, with 4 overlaps instead of 9: 2 lost, none gained.` */
export function differenceInWords({ before, after, gained, lost }: WhatIf): string {
  const instead = (now: number, then: number): string =>
    now === then ? ' as before' : ` instead of ${formatCount(then)}`;
  const flags = `Flags ${countOf(after.findings, 'user')}${instead(after.findings, before.findings)}`;
  const overlaps = `with ${countOf(after.overlaps, 'overlap')}${instead(after.overlaps, before.overlaps)}`;
  if (gained.total === 0 && lost.total === 0) return `${flags}, ${overlaps}: the same users.`;
  return `${flags}, ${overlaps}: ${some(lost.total)} lost, ${some(gained.total)} gained.`;
}

const some = (count: number): string => (count === 0 ? 'none' : formatCount(count));

/** What would become of the users whom an analyst has confirmed. */
export function confirmedInWords({ confirmed, lostConfirmed: { total } }: WhatIf): string {
  if (total === 0)
    return confirmed === 1
      ? 'The one user confirmed as a true positive stays found.'
      : `All ${formatCount(confirmed)} users confirmed as true positives stay found.`;
  return `${formatCount(total)} of ${countOf(confirmed, 'user')} confirmed as true positive would be lost.`;
}
