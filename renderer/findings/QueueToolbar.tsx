import { Bookmark, CircleHelp, Columns3, ListFilter, ScrollText, SlidersHorizontal } from 'lucide-react';
import { useMemo } from 'react';
import type { DetectionSummary } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import { useCommand } from '../commands/command-store';
import { useStore } from '../store';
import { ExportButton } from './ExportButton';
import type { OpenDialog } from './QueueDialogs';
import { Toolbar } from './Toolbar';
import { csvColumns } from './csv-columns';
import { conditionsOf } from './filter-store';
import { countInWords } from './finding-words';
import type { Queue } from './use-queue';

const OVERLAPS = { kind: 'overlaps' } as const;

interface Props {
  client: Client;
  queue: Queue;
  detection: DetectionSummary;
  running: boolean;
  onCancel: () => void;
  /** Whether the facets stand beside the table. */
  facets: boolean;
  onFacets: (shown: boolean) => void;
  onOpen: (dialog: OpenDialog) => void;
}

/** Above the queue: the filter, how many it lets through, and what can be done with them; each also by key or by name. */
export function QueueToolbar({ client, queue, detection, running, onCancel, facets, onFacets, onOpen }: Props) {
  const { filter, typed } = useStore(queue.filter);
  const { total } = useStore(queue.rows);
  const tableContent = useMemo(
    () => ({ kind: 'findings' as const, columns: csvColumns(queue.layout) }),
    [queue.layout],
  );
  const filtered = conditionsOf(filter).length > 0;

  useCommand('Detection settings', () => onOpen({ name: 'settings' }), { key: 's', available: !running });
  useCommand('The rule: run it stage by stage', () => onOpen({ name: 'rule' }), { key: 'r' });
  useCommand('Why not? Why a user is not flagged', () => onOpen({ name: 'why-not', user: '' }), { key: 'w' });
  useCommand('Show or hide the filters beside the queue', () => onFacets(!facets), { key: 'b' });
  useCommand('Saved views', () => onOpen({ name: 'views' }));
  useCommand('Columns of the table', () => onOpen({ name: 'columns' }));
  useCommand('Bring the list up to date', queue.refresh, { available: queue.outdated });
  useCommand('Clear the filter', () => queue.filter.clear(), { available: filtered });

  return (
    <Toolbar
      text={typed}
      onText={(text) => queue.filter.type(text)}
      count={countInWords(total, detection.findings, detection.users, filtered)}
      outdated={queue.outdated}
      onRefresh={queue.refresh}
    >
      {detection.findings > 0 && (
        <button type="button" aria-expanded={facets} aria-controls="facets" onClick={() => onFacets(!facets)}>
          <ListFilter size={16} /> Facets
        </button>
      )}
      <button type="button" onClick={() => onOpen({ name: 'views' })}>
        <Bookmark size={16} /> Views
      </button>
      <button type="button" onClick={() => onOpen({ name: 'columns' })}>
        <Columns3 size={16} /> Columns
      </button>
      {running ? (
        <button type="button" onClick={onCancel}>
          Cancel the detection
        </button>
      ) : (
        <button type="button" onClick={() => onOpen({ name: 'settings' })}>
          <SlidersHorizontal size={16} /> Detection settings
        </button>
      )}
      <button type="button" onClick={() => onOpen({ name: 'rule' })}>
        <ScrollText size={16} /> The rule
      </button>
      <button type="button" onClick={() => onOpen({ name: 'why-not', user: '' })}>
        <CircleHelp size={16} /> Why not?
      </button>
      <ExportButton client={client} query={queue.query} content={tableContent} />
      <ExportButton client={client} query={queue.query} content={OVERLAPS} />
    </Toolbar>
  );
}
