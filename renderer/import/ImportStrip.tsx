import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { CacheNews } from '../../shared/cache';
import type { InputSummary, LogSummary } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import { Dialog } from '../Dialog';
import type { UnreadFile } from '../reading/files-of';
import { formatSpan, wholeSecond } from '../format-time';
import { ReadingsButton } from '../reading/AllReadings';
import { ImportDetails } from './ImportDetails';
import { useAnswer } from '../use-answer';
import { CacheNotice } from './CacheNotice';
import { ImportNotes } from './ImportNotes';
import css from './ImportStrip.module.css';
import { SavedNotice } from './SavedNotice';
import { importNotes, sumInWords } from './import-words';
import type { ImportNote } from './import-words';

interface Props {
  client: Client;
  log: LogSummary;
  /** There are findings of it, or there are none to be found. */
  isDetected: boolean;
  onReadAgain: () => void;
  /** How a file is read is to be chosen. */
  onChange: (input: InputSummary) => void;
  /** What the columns of a file are is to be said. */
  onUnread: (unread: UnreadFile) => void;
  /** More to be known of it, at the end of its line. */
  children?: ReactNode;
}

/** Always on screen while a log is open: how its records add up, and what to know before trusting the findings. */
export function ImportStrip({ client, log, isDetected, onReadAgain, onChange, onUnread, children }: Props) {
  const [details, setDetails] = useState(false);
  // what goes on in the background begins once there are findings
  const ask = useMemo(() => (isDetected ? askOf(client, log) : undefined), [client, log, isDetected]);
  const news = useAnswer(ask).value;
  const notes = importNotes(log);
  const show = (): void => setDetails(true);
  return (
    <section aria-label="Import" className={css.strip}>
      <p className={css.sum}>
        <span>{sumInWords(log)}</span>
        {log.firstEvent !== null && log.lastEvent !== null && (
          <span className={css.span}>{formatSpan(wholeSecond(log.firstEvent), wholeSecond(log.lastEvent))}</span>
        )}
        <button type="button" data-kind="link" onClick={show}>
          Import details
        </button>
        <ReadingsButton />
        {children}
      </p>
      <CacheNotice use={log.cache} news={news} onReadAgain={onReadAgain} />
      <SavedNotice inputs={log.inputs} onChange={onChange} />
      {notes.length > 0 && <ImportNotes key={keyOf(notes)} notes={notes} onMore={show} />}
      {details && (
        <Dialog title="Import details" onClose={() => setDetails(false)}>
          <ImportDetails
            client={client}
            log={log}
            keptBytes={news?.is === 'kept' ? news.bytes : undefined}
            onChange={(input) => {
              setDetails(false);
              onChange(input);
            }}
            onUnread={(unread) => {
              setDetails(false);
              onUnread(unread);
            }}
          />
        </Dialog>
      )}
    </section>
  );
}

/** Waits for what comes of the work in the background on this log. */
function askOf(client: Client, _log: LogSummary): (signal: AbortSignal) => Promise<CacheNews> {
  return (signal) => client.call('log.cache', {}, { signal });
}

/** Other notes than those before are unfolded, whatever was folded away. */
function keyOf(notes: readonly ImportNote[]): string {
  return JSON.stringify([notes.length, notes.slice(0, 3)]);
}
