import { useState } from 'react';
import type { Change } from '../../shared/decisions';
import { useCommand } from '../commands/command-store';
import { countOf, formatCount } from '../format-number';
import { useStore } from '../store';
import { BulkDialog } from './BulkDialog';
import { CaseProblem } from './CaseProblem';
import { DecisionKeys } from './DecisionKeys';
import { UndoButton } from './UndoButton';
import css from './DecisionBar.module.css';
import type { CaseStore } from './case-store';

interface Props {
  decisions: CaseStore;
  /** How many findings are ticked, of how many that the filter lets through. */
  count: number;
  total: number;
  /** The ids of exactly those that are ticked. */
  ticked: (signal: AbortSignal) => Promise<string[]>;
  onUntick: () => void;
}

/** In place of the decision on one finding while several are ticked: one change for all of them, asked about before it is made. */
export function BulkBar({ decisions: store, count, total, ticked, onUntick }: Props) {
  const { info } = useStore(store);
  const [asked, setAsked] = useState<Change>();
  useCommand('Untick all', onUntick, { key: 'Escape' });
  useCommand('Change all that are ticked', () => setAsked({}), { key: 'e', available: info?.readOnly === null });
  return (
    <section className={css.bar} aria-label="Ticked findings">
      {info && <DecisionKeys store={store} onChange={setAsked} />}
      <output className={css.ticked}>
        {formatCount(count)} of {formatCount(total)} ticked
      </output>
      {info && (
        <button type="button" data-kind="main" disabled={info.readOnly !== null} onClick={() => setAsked({})}>
          Change {countOf(count, 'finding')}… ( e )
        </button>
      )}
      <button type="button" onClick={onUntick}>
        Untick all (Esc)
      </button>
      {info && <UndoButton store={store} />}
      {info && <span className={css.case}>The keys of verdicts and statuses are for all that are ticked.</span>}
      <CaseProblem store={store} />
      {asked && <BulkDialog decisions={store} asked={asked} ticked={ticked} onClose={() => setAsked(undefined)} />}
    </section>
  );
}
