import { GitCompareArrows } from 'lucide-react';
import { useState } from 'react';
import type { Finding } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import { useCommand } from '../commands/command-store';
import { tickedIds } from '../findings/tick-store';
import { formatCount } from '../format-number';
import type { Queue } from '../findings/use-queue';
import { useStore } from '../store';
import { CompareDialog, MOST_COMPARED } from './CompareDialog';

/** Compares the ticked users, two to five; without ticks the one that is looked at, with others to be added. */
export function CompareUsers({ client, queue }: { client: Client; queue: Queue }) {
  const { ticks, query, selected } = queue;
  useStore(ticks);
  const { total } = useStore(queue.rows);
  const [first, setFirst] = useState<readonly Finding[]>();
  const [problem, setProblem] = useState<string>();
  const count = ticks.count(total);
  const available = count === 0 ? selected !== undefined : count <= MOST_COMPARED;

  const open = async (): Promise<void> => {
    setProblem(undefined);
    if (count === 0) return setFirst(selected && [selected]);
    try {
      const ids = await tickedIds(client, ticks.state, query, new AbortController().signal);
      const page = await client.call('findings.page', { offset: 0, limit: MOST_COMPARED, filter: { ids } });
      return setFirst(page.rows);
    } catch {
      return setProblem('The ticked users could not be read. Try again.');
    }
  };
  useCommand('Compare users on one time axis', () => void open(), { key: 'v', available });
  return (
    <>
      <button
        type="button"
        disabled={!available}
        title={count > MOST_COMPARED ? 'Five at most can be compared' : 'Key: v'}
        onClick={() => void open()}
      >
        <GitCompareArrows size={16} /> {count === 0 ? 'Compare…' : `Compare ${formatCount(count)}`}
      </button>
      {problem !== undefined && <span role="alert">{problem}</span>}
      {first && <CompareDialog client={client} first={first} onClose={() => setFirst(undefined)} />}
    </>
  );
}
