import type { Parameters } from '../../shared/domain';
import type { WhatIf } from '../../shared/rules';
import type { Database } from '../db';
import type { Decisions } from '../decisions/decisions';
import { flagged, tryOut } from '../detect/detect';
import type { Flagged } from '../detect/detect';
import { tablesOf } from '../detect/tables';
import type { Remembered } from './remembered';

/** Users of one side that are listed; all are counted. */
const LISTED = 500;

interface Asked {
  database: Database;
  decisions: Decisions;
  parameters: Parameters;
  remembered: Remembered<Flagged[]>;
  signal: AbortSignal;
}

/** What other parameters would change against the detection that stands, which stays as it is. */
export async function whatIf({ database, decisions, parameters, remembered, signal }: Asked): Promise<WhatIf> {
  const before = await tablesOf(database).read((generation) =>
    remembered.of(database, `standing ${generation}`, () => database.use(signal, flagged)),
  );
  const after = await remembered.of(database, JSON.stringify(parameters), () => tryOut(database, parameters, signal));
  const listOf = (users: Flagged[]): WhatIf['lost'] => ({
    total: users.length,
    rows: users.slice(0, LISTED).map((each) => ({ ...each, verdict: decisions.of(each.id)?.verdict ?? null })),
  });
  const [known, found] = [idsOf(before), idsOf(after)];
  const lost = before.filter(({ id }) => !found.has(id));
  const isConfirmed = ({ id }: Flagged): boolean => decisions.of(id)?.verdict === 'true positive';
  return {
    before: totalsOf(before),
    after: totalsOf(after),
    gained: listOf(after.filter(({ id }) => !known.has(id))),
    lost: listOf(lost),
    confirmed: before.filter(isConfirmed).length,
    lostConfirmed: listOf(lost.filter(isConfirmed)),
  };
}

const idsOf = (users: readonly Flagged[]): Set<string> => new Set(users.map(({ id }) => id));

function totalsOf(users: readonly Flagged[]): WhatIf['before'] {
  return { findings: users.length, overlaps: users.reduce((sum, { overlapCount }) => sum + overlapCount, 0) };
}
