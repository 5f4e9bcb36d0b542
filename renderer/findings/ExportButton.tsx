import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { isCancelled } from '../../shared/errors';
import type { Client } from '../../shared/rpc';
import { countOf } from '../format-number';
import { problemOf } from '../problem';
import css from './ExportButton.module.css';
import { csvName, fetchCsv, saveBlob } from './csv-export';
import type { CsvContent, CsvKind, ExportQuery } from './csv-export';

const KINDS = {
  findings: { button: 'Export table', rows: 'flagged user' },
  overlaps: { button: 'Export overlaps', rows: 'overlap' },
} as const satisfies Record<CsvKind, unknown>;

/** Writes what the table shows as CSV, in its order: its rows with their decisions, or all their overlaps. */
export function ExportButton({ client, query, content }: { client: Client; query: ExportQuery; content: CsvContent }) {
  // what was said of one list must not stand beside another
  const [said, setSaid] = useState<{ text: string; of: ExportQuery }>();
  const [abort, setAbort] = useState<AbortController>();
  const mounted = useRef<AbortController>(undefined);
  useEffect(() => () => mounted.current?.abort(), []);

  const run = async (): Promise<void> => {
    const mine = new AbortController();
    mounted.current = mine;
    setAbort(mine);
    const say = (text: string): void => setSaid({ text, of: query });
    say('Writing the CSV file.');
    try {
      const { blob, rows } = await fetchCsv(client, content, query, mine.signal);
      const name = csvName(content.kind, Date.now());
      saveBlob(blob, name);
      say(`Wrote ${countOf(rows, KINDS[content.kind].rows)} to ${name}`);
    } catch (error) {
      const { title, message } = problemOf(error);
      say(isCancelled(error) ? 'No CSV file was written.' : `No CSV file was written. ${title} ${message}`);
    } finally {
      setAbort(undefined);
    }
  };
  return (
    <>
      <output className={css.said}>{said?.of === query ? said.text : ''}</output>
      {abort ? (
        <button type="button" onClick={() => abort.abort()}>
          Cancel the export
        </button>
      ) : (
        <button type="button" onClick={() => void run()}>
          <Download size={16} /> {KINDS[content.kind].button}
        </button>
      )}
    </>
  );
}
