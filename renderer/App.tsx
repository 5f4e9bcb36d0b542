import { useEffect } from 'react';
import css from './App.module.css';
import { CaseNotice } from './case/CaseNotice';
import type { CaseStore } from './case/case-store';
import { Commands } from './commands/Commands';
import { Header } from './Header';
import { LogView } from './LogView';
import { Notices } from './Notices';
import { ReadingDialog } from './reading/ReadingDialog';
import { DropTarget } from './open/DropTarget';
import { Welcome } from './open/Welcome';
import { WorkView } from './open/WorkView';
import type { Session } from './session';
import type { SessionState } from './session-state';
import { useStore } from './store';
import { useZone } from './time-zone/zone';
import type { ThemeChoice } from './theme-choice';

interface Props {
  session: Session;
  decisions: CaseStore;
  theme: ThemeChoice;
}

/** The window: the header, what is open or how to open something, and what went wrong. */
export function App({ session, decisions, theme }: Props) {
  const state = useStore(session);
  useZone(); // what is not memoised is rendered again with times of another zone
  useEffect(() => {
    const names = state.log?.inputs.map((input) => input.name) ?? [];
    document.title = names.length === 0 ? 'Doppel' : `${names[0]} - Doppel`;
  }, [state.log]);
  return (
    <div className={css.app}>
      <Header session={session} decisions={decisions} state={state} theme={theme} />
      <div>
        <Notices session={session} state={state} />
        <CaseNotice decisions={decisions} />
      </div>
      <main className={css.main}>
        <View session={session} decisions={decisions} state={state} />
      </main>
      {state.choosing && state.client && !state.work && (
        <ReadingDialog
          key={state.choosing.file.id}
          client={state.client}
          choosing={state.choosing}
          onApply={(choices, shape) => void session.readAs(choices, shape)}
          onClose={() => void session.readAs(undefined)}
        />
      )}
      <Commands />
      <DropTarget onDrop={(transfer) => void session.openDropped(transfer)} />
    </div>
  );
}

function View({ session, decisions, state }: Omit<Props, 'theme'> & { state: SessionState }) {
  const { client, detection, log, lost, work } = state;
  if (!client)
    return <p className={css.quiet}>{lost === undefined ? 'Starting the engine.' : 'Waiting for the engine.'}</p>;
  // a second run of the detection keeps the findings on screen; everything else takes the whole view
  if (work && !(work.kind === 'detect' && log && detection)) {
    return <WorkView work={work} onCancel={() => session.cancel()} />;
  }
  if (log) return <LogView session={session} decisions={decisions} state={state} client={client} log={log} />;
  return <Welcome session={session} />;
}
