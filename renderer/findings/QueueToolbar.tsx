import { Bookmark, CircleHelp, Columns3, Download, ListFilter, ScrollText, SlidersHorizontal } from 'lucide-react';
import type { DetectionSummary } from '../../shared/domain';
import { useCommand } from '../commands/command-store';
import { useStore } from '../store';
import type { OpenDialog } from './QueueDialogs';
import { Toolbar } from './Toolbar';
import { conditionsOf } from './filter-store';
import { countInWords } from './finding-words';
import type { Queue } from './use-queue';

interface Props {
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
export function QueueToolbar({ queue, detection, running, onCancel, facets, onFacets, onOpen }: Props) {
  const { filter, typed } = useStore(queue.filter);
  const { total } = useStore(queue.rows);
  const filtered = conditionsOf(filter).length > 0;

  useCommand('Detection settings', () => onOpen({ name: 'settings' }), { key: 's', available: !running });
  useCommand('The rule: run it stage by stage', () => onOpen({ name: 'rule' }), { key: 'r' });
  useCommand('Why not? Why a user is not flagged', () => onOpen({ name: 'why-not', user: '' }), { key: 'w' });
  useCommand('Show or hide the filters beside the queue', () => onFacets(!facets), { key: 'b' });
  useCommand('Export: CSV, JSON, report', () => onOpen({ name: 'export' }), { key: 'x' });
  useCommand('Saved views', () => onOpen({ name: 'views' }));
  useCommand('Columns of the table', () => onOpen({ name: 'columns' }));
  useCommand('Bring the list up to date', queue.refresh, { available: queue.outdated });
  useCommand('Clear the filter', () => queue.filter.clear(), { key: 'q', available: filtered });

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
      <button type="button" aria-keyshortcuts="x" title="Key: x" onClick={() => onOpen({ name: 'export' })}>
        <Download size={16} /> Export
      </button>
    </Toolbar>
  );
}
