import type { ReplayParams, Rule } from './rules';

const HOUR = 3_600_000;

/** When a rule is run, over how much of the past, and when a run raises an alert. */
export type Schedule = Pick<ReplayParams, 'frequencyMs' | 'periodMs' | 'trigger'>;

/** The schedule of a rule; a hunting query has none and is run by hand: it is replayed every hour over the last 24 h. */
export function scheduleOf({ frequencyMs, periodMs, trigger }: Pick<Rule, keyof Schedule>): Schedule {
  // a rule has all of it or nothing
  if (frequencyMs === null || periodMs === null || trigger === null) {
    return { frequencyMs: HOUR, periodMs: 24 * HOUR, trigger: { operator: 'gt', threshold: 0 } };
  }
  return { frequencyMs, periodMs, trigger };
}

/** To be said wherever a hunting query is replayed. */
export const NO_SCHEDULE_WORDS = 'A hunting query has no schedule: it is run every hour over the last 24 h here.';
