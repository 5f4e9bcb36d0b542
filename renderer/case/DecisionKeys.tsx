import { STATUSES, VERDICTS } from '../../shared/decisions';
import type { Change } from '../../shared/decisions';
import { CommandKey } from './CommandKey';
import type { CaseStore } from './case-store';
import { STATUS_KEYS, VERDICT_KEYS } from './decision-keys';

/** Each verdict and status by its key, and undo by `u`. */
export function DecisionKeys({ store, onChange }: { store: CaseStore; onChange: (change: Change) => void }) {
  return (
    <>
      {VERDICTS.map((verdict) => (
        <CommandKey
          key={verdict}
          name={`Verdict: ${verdict}`}
          press={VERDICT_KEYS[verdict]}
          run={() => onChange({ verdict })}
        />
      ))}
      {STATUSES.map((status) => (
        <CommandKey
          key={status}
          name={`Status: ${status}`}
          press={STATUS_KEYS[status]}
          run={() => onChange({ status })}
        />
      ))}
      <CommandKey name="Undo the last decision" press="u" run={() => void store.undo()} />
    </>
  );
}
