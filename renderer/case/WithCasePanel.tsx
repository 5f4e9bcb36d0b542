import { use, useState } from 'react';
import type { ReactNode } from 'react';
import { useCommand } from '../commands/command-store';
import { PreferencesContext } from '../preferences/preference-store';
import { useStore } from '../store';
import { CasePanel } from './CasePanel';
import type { CaseStore } from './case-store';
import css from './WithCasePanel.module.css';

interface Props {
  store: CaseStore;
  finding: string;
  children: ReactNode;
}

/** The user that is looked at, and beside them, where it is shown, what people say about them. */
export function WithCasePanel({ store, finding, children }: Props) {
  const { info } = useStore(store);
  const [shown, show] = useCasePanel();
  const [writing, setWriting] = useState(false);
  useCommand(
    'Write a note',
    () => {
      show(true);
      setWriting(true);
    },
    { key: 'd', available: info !== undefined && !shown },
  );
  return (
    <div className={css.beside} data-shown={shown && info !== undefined} data-decides>
      {children}
      {shown && <CasePanel key={finding} store={store} finding={finding} writing={writing} />}
    </div>
  );
}

/** Whether notes and history are shown; kept with the preferences. */
export function useCasePanel(): [shown: boolean, show: (shown: boolean) => void] {
  const preferences = use(PreferencesContext);
  const { preferences: liked } = useStore(preferences);
  return [liked?.notesShown ?? true, (notesShown) => void preferences.change({ notesShown })];
}
