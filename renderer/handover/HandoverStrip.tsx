import { FileCheck2, PackageOpen } from 'lucide-react';
import { useRef } from 'react';
import type { HandedOver } from '../../shared/handed-over';
import type { Client } from '../../shared/rpc';
import { Value } from '../Value';
import type { CaseStore } from '../case/case-store';
import { useCommand } from '../commands/command-store';
import { countOf, formatCount } from '../format-number';
import { formatTime, wholeSecond } from '../format-time';
import type { Session } from '../session';
import type { SessionState } from '../session-state';
import css from './HandoverStrip.module.css';
import { TakeDecisions } from './TakeDecisions';

interface Props {
  session: Session;
  state: SessionState;
  decisions: CaseStore;
  client: Client;
  handedOver: HandedOver;
  /** Flagged users that are shown. */
  findings: number;
  /** What the log consisted of. */
  files: readonly string[];
}

const NAMED = 3;

/** Always on screen while a hand-over is open: whose it is, what it lacks, and how the log is attached. */
export function HandoverStrip({ session, state, decisions, client, handedOver, findings, files }: Props) {
  const { by, at, isAttached, records, withoutText, outOf } = handedOver;
  return (
    <section aria-label="Hand-over" className={css.strip}>
      <div className={css.line}>
        {isAttached ? <FileCheck2 size={16} /> : <PackageOpen size={16} />}
        <p>
          Handed over by <Value text={by} />, {formatTime(wholeSecond(at))}
          {handedOver.case && (
            <>
              , from the case <Value text={handedOver.case.name} />
            </>
          )}
          .{' '}
          {isAttached ? (
            <strong>Its log is attached: every file has the SHA-256 that was handed over.</strong>
          ) : (
            <>
              <strong>The log is not here</strong>, only {countOf(records, 'record')} of{' '}
              {outOf
                ? `${formatCount(findings)} of the ${countOf(outOf.findings, 'flagged user')}`
                : 'the flagged users'}
              .
            </>
          )}
          {!isAttached && withoutText > 0 && ` The text of ${formatCount(withoutText)} could not be read then.`}
        </p>
        {!isAttached && <Attach session={session} attaching={state.attaching} />}
        <TakeDecisions key={`${handedOver.name} ${at}`} client={client} decisions={decisions} handedOver={handedOver} />
      </div>
      {state.attaching && (
        <p>
          Choose or drop its files: <Value text={files.slice(0, NAMED).join(', ')} />
          {files.length > NAMED && ` and ${formatCount(files.length - NAMED)} more`}.
        </p>
      )}
      {state.differences.length > 0 && (
        <div role="alert" className={css.differences}>
          <strong>That is not the log that was handed over; it is not attached.</strong>
          <ul>
            {state.differences.map((difference) => (
              <li key={difference}>
                <Value text={difference} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function Attach({ session, attaching }: { session: Session; attaching: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  const choose = (): void => {
    session.setAttaching(true);
    if (session.native.openDialog) session.openDialog('files', true);
    else input.current?.click();
  };
  useCommand('Attach the log of this hand-over', choose);
  return (
    <>
      <button type="button" onClick={choose}>
        {attaching ? 'Choose files' : 'Attach the log'}
      </button>
      {attaching && (
        <button type="button" onClick={() => session.setAttaching(false)}>
          Do not attach
        </button>
      )}
      <input
        ref={input}
        type="file"
        aria-label="Files of the log"
        multiple
        hidden
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = ''; // so that the same file can be chosen again
          void session.openFiles(files, true);
        }}
      />
    </>
  );
}
