import { STATUSES, VERDICTS } from '../../shared/decisions';
import type { Change } from '../../shared/decisions';
import { CommandKey } from './CommandKey';
import type { CaseStore } from './case-store';
import { STATUS_KEYS, VERDICT_KEYS } from './decision-keys';

export const ELSEWHERE =
  'Nothing was decided: these keys work while the table or the user below it has the focus. Press j or click a row first.';

/** Each verdict and status by its key, and undo by `u`. A key that is pressed by mistake anywhere else decides nothing. */
export function DecisionKeys({ store, onChange }: { store: CaseStore; onChange: (change: Change) => void }) {
  const elsewhere = (): void => store.tell(ELSEWHERE);
  return (
    <>
      {VERDICTS.map((verdict) => (
        <CommandKey
          key={verdict}
          name={`Verdict: ${verdict}`}
          press={VERDICT_KEYS[verdict]}
          run={() => onChange({ verdict })}
          elsewhere={elsewhere}
        />
      ))}
      {STATUSES.map((status) => (
        <CommandKey
          key={status}
          name={`Status: ${status}`}
          press={STATUS_KEYS[status]}
          run={() => onChange({ status })}
          elsewhere={elsewhere}
        />
      ))}
      <CommandKey name="Undo the last decision" press="u" run={() => void store.undo()} />
    </>
  );
}
