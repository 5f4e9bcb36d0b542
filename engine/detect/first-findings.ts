import { DEFAULT_PARAMETERS } from '../../shared/domain';
import type { Finding } from '../../shared/domain';
import type { Database } from '../db';
import { findingsPage } from '../lists/findings';
import { detect } from './detect';

const FIRST = 10;

/** Runs the rule with its default parameters over what a log holds by now: how many findings, and the longest overlaps. */
export async function firstFindings(
  database: Database,
  signal: AbortSignal,
): Promise<{ findings: number; first: Finding[] }> {
  await detect(database, DEFAULT_PARAMETERS, { signal });
  const sort = { by: 'overlapSeconds', descending: true } as const;
  const { total, rows } = await findingsPage(database, { offset: 0, limit: FIRST, sort }, signal);
  return { findings: total, first: rows };
}
