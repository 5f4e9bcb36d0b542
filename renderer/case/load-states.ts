import type { CaseClient } from '../../shared/case-client';
import type { FindingState } from '../../shared/decisions';

const PAGE = 1000;

/** All that has been decided in the case that is open, by finding id. */
export async function loadStates(client: CaseClient): Promise<Map<string, FindingState>> {
  const decisions = new Map<string, FindingState>();
  let cursor: number | null = 0;
  while (cursor !== null) {
    const page: { states: FindingState[]; next: number | null } = await client.call('decisions.page', {
      cursor,
      limit: PAGE,
    });
    for (const state of page.states) decisions.set(state.finding, state);
    cursor = page.next;
  }
  return decisions;
}
