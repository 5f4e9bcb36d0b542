import { useCallback } from 'react';
import type { Client } from '../../shared/rpc';
import { BulkBar } from '../case/BulkBar';
import { DecisionBar } from '../case/DecisionBar';
import type { CaseStore } from '../case/case-store';
import { CompareUsers } from '../compare/CompareUsers';
import { useStore } from '../store';
import css from './QueueDecision.module.css';
import { tickedIds } from './tick-store';
import type { Queue } from './use-queue';

/** What is decided: about all that is ticked, else about the one that is looked at. */
export function QueueDecision({ client, decisions, queue }: { client: Client; decisions: CaseStore; queue: Queue }) {
  const { ticks, query, selected } = queue;
  useStore(ticks);
  const { total } = useStore(queue.rows);
  const ticked = useCallback(
    (signal: AbortSignal) => tickedIds(client, ticks.state, query, signal),
    [client, ticks, query],
  );
  const count = ticks.count(total);
  // its room is kept while the first users are on their way
  return (
    <div className={css.row}>
      {count > 0 ? (
        <BulkBar decisions={decisions} count={count} total={total} ticked={ticked} onUntick={() => ticks.clear()} />
      ) : (
        selected && <DecisionBar decisions={decisions} finding={selected} />
      )}
      <div className={css.compare}>
        <CompareUsers client={client} queue={queue} />
      </div>
    </div>
  );
}
