import { CircleAlert, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { InputSummary, LogSummary } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import { Dialog } from '../Dialog';
import { Value } from '../Value';
import type { UnreadFile } from '../reading/files-of';
import { formatSpan, wholeSecond } from '../format-time';
import { ReadingsButton } from '../reading/AllReadings';
import { ImportDetails } from './ImportDetails';
import css from './ImportStrip.module.css';
import { SavedNotice } from './SavedNotice';
import { importNotes, sumInWords } from './import-words';

const NOTES_SHOWN = 3;

interface Props {
  client: Client;
  log: LogSummary;
  /** How a file is read is to be chosen. */
  onChange: (input: InputSummary) => void;
  /** What the columns of a file are is to be said. */
  onUnread: (unread: UnreadFile) => void;
  /** More to be known of it, at the end of its line. */
  children?: ReactNode;
}

/** Always on screen while a log is open: how its records add up, and what to know before trusting the findings. */
export function ImportStrip({ client, log, onChange, onUnread, children }: Props) {
  const [details, setDetails] = useState(false);
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
      <SavedNotice inputs={log.inputs} onChange={onChange} />
      {notes.length > 0 && (
        <ul className={css.notes}>
          {notes.slice(0, NOTES_SHOWN).map((note) => (
            <li key={`${note.file} ${note.text}`} data-incomplete={note.incomplete}>
              {note.incomplete ? <CircleAlert size={16} /> : <TriangleAlert size={16} />}
              <span>
                <strong>{note.incomplete ? 'Incomplete' : 'Warning'}</strong>
                {note.file !== '' && (
                  <>
                    , <Value text={note.file} />
                  </>
                )}
                : <Value text={note.text} />
              </span>
            </li>
          ))}
          {notes.length > NOTES_SHOWN && (
            <li>
              <button type="button" data-kind="link" onClick={show}>
                {notes.length - NOTES_SHOWN} more
              </button>
            </li>
          )}
        </ul>
      )}
      {details && (
        <Dialog title="Import details" onClose={() => setDetails(false)}>
          <ImportDetails
            client={client}
            log={log}
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
