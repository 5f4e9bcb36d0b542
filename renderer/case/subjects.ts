import type { FindingState, Subject } from '../../shared/decisions';
import type { Client } from '../../shared/rpc';

/** A decision does not wait longer than this for whom it is about: that is for later, the decision is for now. */
const PATIENCE_MS = 1000;
/** But a change of thousands takes its time anyway. */
const PATIENCE_A_FINDING_MS = 1;

/** Whom the findings are about, where the case does not know it yet. Never rejects; gives what it could get in time. */
export async function unknownSubjects(
  engine: Client | undefined,
  findings: readonly string[],
  known: ReadonlyMap<string, FindingState>,
): Promise<Record<string, Subject>> {
  const ids = findings.filter((finding) => known.get(finding)?.subject === undefined);
  if (!engine || ids.length === 0) return {};
  const late = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  // an engine that is at work may not even hear that it is to stop
  const given = new Promise<Record<string, Subject>>((resolve) => {
    timer = setTimeout(
      () => {
        late.abort();
        resolve({});
      },
      PATIENCE_MS + ids.length * PATIENCE_A_FINDING_MS,
    );
  });
  const told = engine.call('findings.subjects', { ids }, { signal: late.signal }).catch(() => ({}));
  const subjects = await Promise.race([told, given]);
  clearTimeout(timer);
  return subjects;
}

/** Those of some findings. */
export function only(
  findings: readonly string[],
  subjects: Readonly<Record<string, Subject>>,
): Record<string, Subject> {
  return Object.fromEntries(
    findings.flatMap((finding) => {
      const subject = Object.hasOwn(subjects, finding) ? subjects[finding] : undefined;
      return subject ? [[finding, subject]] : [];
    }),
  );
}
