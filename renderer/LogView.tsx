import { useMemo } from 'react';
import type { LogSummary } from '../shared/domain';
import { DEFAULT_PARAMETERS } from '../shared/domain';
import type { Client } from '../shared/rpc';
import type { CaseStore } from './case/case-store';
import { GoneNotice } from './case/GoneNotice';
import css from './LogView.module.css';
import { doubtsOf } from './reading/reading-words';
import { FindingsView } from './findings/FindingsView';
import { HandoverStrip } from './handover/HandoverStrip';
import { ImportStrip } from './import/ImportStrip';
import { OpenLogContext } from './open-log';
import type { Session } from './session';
import { gapsOf } from './timeline/gap';
import type { SessionState } from './session-state';

interface Props {
  session: Session;
  decisions: CaseStore;
  state: SessionState;
  client: Client;
  log: LogSummary;
}

/** A log is open: what it came to, and below it who was flagged. */
export function LogView({ session, decisions, state, client, log }: Props) {
  const openLog = useMemo(
    () => ({ gaps: gapsOf(log), run: state.run, isHandover: log.handedOver?.isAttached === false }),
    [log, state.run],
  );
  const doubtful = log.inputs.find((input) => input.file !== '' && doubtsOf([input]).length > 0);
  return (
    <OpenLogContext value={openLog}>
      <div className={css.view}>
        <div>
          {log.handedOver && (
            <HandoverStrip
              session={session}
              state={state}
              decisions={decisions}
              client={client}
              handedOver={log.handedOver}
              findings={state.detection?.findings ?? 0}
              files={log.inputs.map(({ name }) => name)}
            />
          )}
          <ImportStrip
            client={client}
            log={log}
            isDetected={state.detection !== undefined}
            onReadAgain={() => void session.readAgain()}
            onChange={(input) => session.askHowToRead(input)}
            onUnread={(unread) => void session.askAboutColumns(unread)}
          >
            {state.detection && <GoneNotice client={client} decisions={decisions} run={state.run} />}
          </ImportStrip>
        </div>
        {state.detection ? (
          <FindingsView
            decisions={decisions}
            client={client}
            detection={state.detection}
            doubts={doubtsOf(log.inputs)}
            onReading={doubtful && (() => session.askHowToRead(doubtful))}
            run={state.run}
            running={state.work?.kind === 'detect'}
            onDetect={(parameters) => void session.detect(parameters)}
            onCancel={() => session.cancel()}
          />
        ) : (
          <div className={css.none}>
            <p>The log is open, but the detection was not run to its end.</p>
            <button type="button" data-kind="main" onClick={() => void session.detect(DEFAULT_PARAMETERS)}>
              Run the detection
            </button>
          </div>
        )}
      </div>
    </OpenLogContext>
  );
}
