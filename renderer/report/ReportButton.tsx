import { FileText } from 'lucide-react';
import { use, useMemo } from 'react';
import type { Finding } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import { DecisionsContext } from '../case/DecisionCell';
import { useCommand } from '../commands/command-store';
import { chosenNames } from '../export/pseudonym-choice';
import { useExport } from '../export/use-export';
import { writeExport } from '../export/write-export';
import { useStore } from '../store';

/** Saves a report on one finding as one HTML file, to print or to attach to a ticket. The export writes one on several. */
export function ReportButton({ client, finding }: { client: Client; finding: Finding }) {
  const store = use(DecisionsContext);
  const { decisions } = useStore(store);
  const { state, start } = useExport();
  const query = useMemo(() => ({ filter: { ids: [finding.id] } }), [finding.id]);
  const save = (): void =>
    start(async (options) => {
      const hidden = await chosenNames(store);
      return writeExport({ ...options, client, kind: 'report', query, columns: [], decisions, hidden });
    });
  useCommand('Save a report on the selected user (HTML)', save);
  return (
    <>
      <output>
        {state.is === 'running' && 'Writing the report…'}
        {state.is === 'failed' && state.words}
        {state.is === 'saved' && `Saved ${state.exported.name}`}
      </output>
      <button type="button" onClick={save}>
        <FileText size={16} /> Save report
      </button>
    </>
  );
}
