import type { FindingState, Subject } from '../../shared/decisions';
import type { Client } from '../../shared/rpc';

/** A decision does not wait longer than this for whom it is about: that is for later, the decision is for now. */
const PATIENCE_MS = 1000;

/** Whom the findings are about, where the case does not know it yet. Never rejects; gives what it could get in time. */
export async function unknownSubjects(
  engine: Client | undefined,
  findings: readonly string[],
  known: ReadonlyMap<string, FindingState>,
): Promise<Record<string, Subject>> {
  const ids = findings.filter((finding) => known.get(finding)?.subject === undefined);
  if (!engine || ids.length === 0) return {};
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), PATIENCE_MS);
  try {
    return await engine.call('findings.subjects', { ids }, { signal: late.signal });
  } catch {
    return {};
  } finally {
    clearTimeout(timer);
  }
}
