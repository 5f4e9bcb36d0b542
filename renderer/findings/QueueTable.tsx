import type { Finding } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import { useStore } from '../store';
import { FindingsGrid } from './FindingsGrid';
import css from './QueueTable.module.css';
import { conditionsOf } from './filter-store';
import type { Queue } from './use-queue';

interface Props {
  client: Client;
  queue: Queue;
  onSelect: (finding: Finding) => void;
  /** Enter: the selected user gets the focus. */
  onEnter: () => void;
}

/** The flagged users that the filter lets through, or the way back where it lets nobody through. */
export function QueueTable({ client, queue, onSelect, onEnter }: Props) {
  const { filter } = useStore(queue.filter);
  const { total, stale } = useStore(queue.rows);
  if (conditionsOf(filter).length > 0 && total === 0 && !stale) {
    return (
      <div className={css.empty}>
        <p>No flagged user matches the filter.</p>
        <button type="button" onClick={() => queue.filter.clear()}>
          Clear the filter ( q )
        </button>
      </div>
    );
  }
  return (
    <FindingsGrid
      client={client}
      rows={queue.rows}
      query={queue.query}
      ticks={queue.ticks}
      sort={queue.sort}
      layout={queue.layout}
      onSort={queue.setSort}
      selectedId={queue.selected?.id}
      onSelect={onSelect}
      onEnter={onEnter}
    />
  );
}
