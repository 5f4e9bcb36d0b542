import { FileText } from 'lucide-react';
import { useContext, useEffect, useRef, useState } from 'react';
import type { Finding } from '../../shared/domain';
import { isCancelled } from '../../shared/errors';
import type { Client } from '../../shared/rpc';
import { DecisionsContext } from '../case/DecisionCell';
import { useCommand } from '../commands/command-store';
import { saveBlob } from '../findings/csv-export';
import { problemOf } from '../problem';
import { useStore } from '../store';
import { gatherReport } from './gather';

/** Saves a report on findings as one HTML file, to print or to attach to a ticket. */
export function ReportButton({ client, findings }: { client: Client; findings: readonly Finding[] }) {
  const { decisions } = useStore(useContext(DecisionsContext));
  const [said, setSaid] = useState('');
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const save = async (): Promise<void> => {
    running.current?.abort();
    const abort = new AbortController();
    running.current = abort;
    setSaid('Writing the report…');
    try {
      const content = await gatherReport(client, findings, decisions, abort.signal);
      const { reportHtml } = await import('./report-html'); // what writes HTML is loaded when it is needed
      const name = `doppel-report-${new Date(content.madeAt).toISOString().slice(0, 10)}.html`;
      saveBlob(new Blob([reportHtml(content)], { type: 'text/html' }), name);
      setSaid(`Saved ${name}`);
    } catch (error) {
      const { title, message } = problemOf(error);
      if (!isCancelled(error)) setSaid(`No report was written. ${title} ${message}`);
    }
  };
  useCommand('Save a report on the selected user (HTML)', () => void save());
  return (
    <>
      <output>{said}</output>
      <button type="button" onClick={() => void save()}>
        <FileText size={16} /> Save report
      </button>
    </>
  );
}
