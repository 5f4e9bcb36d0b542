import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { isCancelled } from '../../shared/errors';
import type { Client } from '../../shared/rpc';
import { countOf } from '../format-number';
import { problemOf } from '../problem';
import css from './ExportButton.module.css';
import { csvName, fetchCsv, saveBlob } from './csv-export';
import type { ExportQuery } from './csv-export';

/** Writes the overlaps of what the table shows, in its order, and says how many there were. */
export function ExportButton({ client, query }: { client: Client; query: ExportQuery }) {
  const [said, setSaid] = useState('');
  const [abort, setAbort] = useState<AbortController>();
  const mounted = useRef<AbortController>(undefined);
  useEffect(() => () => mounted.current?.abort(), []);

  const run = async (): Promise<void> => {
    const mine = new AbortController();
    mounted.current = mine;
    setAbort(mine);
    setSaid('Writing the CSV file.');
    try {
      const { blob, rows } = await fetchCsv(client, query, mine.signal);
      const name = csvName(Date.now());
      saveBlob(blob, name);
      setSaid(`Wrote ${countOf(rows, 'overlap')} to ${name}`);
    } catch (error) {
      const { title, message } = problemOf(error);
      setSaid(isCancelled(error) ? 'No CSV file was written.' : `No CSV file was written. ${title} ${message}`);
    } finally {
      setAbort(undefined);
    }
  };
  return (
    <>
      <output className={css.said}>{said}</output>
      {abort ? (
        <button type="button" onClick={() => abort.abort()}>
          Cancel the export
        </button>
      ) : (
        <button type="button" onClick={() => void run()}>
          <Download size={16} /> Export CSV
        </button>
      )}
    </>
  );
}
