import { createContext, useContext } from 'react';
import { useStore } from '../store';
import { CaseStore } from './case-store';

/** The decisions that the cells of a table show. */
export const DecisionsContext = createContext(new CaseStore());

/** What has been decided about a finding, as a cell of a table. */
export function DecisionCell({ finding, what }: { finding: string; what: 'status' | 'verdict' }) {
  const { info, decisions } = useStore(useContext(DecisionsContext));
  if (!info) return null;
  return decisions.get(finding)?.[what] ?? (what === 'status' ? 'new' : '');
}
