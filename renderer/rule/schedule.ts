import type { ReplayParams, Rule } from '../../shared/rules';

const HOUR = 3_600_000;

/** When a rule is run, and when a run raises an alert; a hunting query, which has no schedule, every hour over the last 24 h. */
export function scheduleOf({
  frequencyMs,
  periodMs,
  trigger,
}: Pick<Rule, 'frequencyMs' | 'periodMs' | 'trigger'>): Pick<ReplayParams, 'frequencyMs' | 'periodMs' | 'trigger'> {
  return {
    frequencyMs: frequencyMs ?? HOUR,
    periodMs: periodMs ?? 24 * HOUR,
    trigger: trigger ?? { operator: 'gt', threshold: 0 },
  };
}
