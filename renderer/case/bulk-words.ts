import type { Change } from '../../shared/decisions';
import { countOf } from '../format-number';

/**
 * What a change does to so many findings, as an order: `Close 37 findings as false positive: inaccurate data`. It is asked
 * before it is done, and it is what the button says that does it. Undefined where the change is none.
 */
export function bulkInWords(change: Change, findings: number): string | undefined {
  const them = countOf(findings, 'finding');
  const { status, verdict, assignee, addTags = [], removeTags = [] } = change;
  if (status === 'closed') {
    const as = verdict ? ` as ${verdict}` : '';
    return joined(`Close ${them}${as}`, rest({ assignee, addTags, removeTags }));
  }
  const parts = [
    ...(verdict === undefined ? [] : [verdict === null ? 'take the verdict away' : `verdict ${verdict}`]),
    ...(status === undefined ? [] : [`status ${status}`]),
    ...rest({ assignee, addTags, removeTags }),
  ];
  return parts.length === 0 ? undefined : `Change ${them}: ${parts.join(', ')}`;
}

function rest({
  assignee,
  addTags = [],
  removeTags = [],
}: Pick<Change, 'assignee' | 'addTags' | 'removeTags'>): string[] {
  return [
    ...(assignee === undefined ? [] : [assignee === null ? 'assigned to nobody' : `assigned to ${assignee}`]),
    ...addTags.map((tag) => `add tag ${tag}`),
    ...removeTags.map((tag) => `remove tag ${tag}`),
  ];
}

function joined(first: string, others: readonly string[]): string {
  return [first, ...others].join(', ');
}
