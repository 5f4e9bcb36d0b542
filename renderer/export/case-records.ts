import type { CaseClient } from '../../shared/case-client';
import type { JournalRecord } from '../../shared/handed-over';

/** The decisions of a case as its journal has them, some at a time. Rejects while the case is away. */
export async function* caseRecords(client: CaseClient): AsyncGenerator<JournalRecord[]> {
  for (let cursor: number | null = 0; cursor !== null;) {
    const page: { records: JournalRecord[]; next: number | null } = await client.call('decisions.records', { cursor });
    yield page.records;
    cursor = page.next;
  }
}
