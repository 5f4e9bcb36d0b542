import { Value } from '../Value';
import { useStore } from '../store';
import type { CaseStore } from './case-store';
import css from './DecisionBar.module.css';

/** Why the last decision is not saved, or the case cannot be asked; nothing while all is well. */
export function CaseProblem({ store }: { store: CaseStore }) {
  const { problem } = useStore(store);
  if (problem === undefined) return null;
  return (
    <p role="alert" className={css.problem}>
      <Value text={problem} />
      <button type="button" data-kind="link" onClick={() => store.dismissProblem()}>
        Dismiss
      </button>
    </p>
  );
}
