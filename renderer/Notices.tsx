import { CircleAlert, PlugZap, RotateCcw, X } from 'lucide-react';
import { use } from 'react';
import { PreferencesContext } from './preferences/preference-store';
import { useStore } from './store';
import { Value } from './Value';
import css from './Notices.module.css';
import type { Session } from './session';
import type { SessionState } from './session-state';

/** What must not be missed: no engine, something to open again, a failure. Each says what to do. */
export function Notices({ session, state }: { session: Session; state: SessionState }) {
  const { lost, problem, reopen } = state;
  const preferences = use(PreferencesContext);
  const { notice } = useStore(preferences);
  return (
    <div>
      {lost !== undefined && (
        <div role="alert" className={css.warning}>
          <PlugZap size={18} />
          <p>
            <strong>No connection to the engine.</strong> Doppel keeps trying; your log file is not affected. The
            reason: <Value text={lost} />
          </p>
        </div>
      )}
      {reopen && (
        <output className={css.warning}>
          <RotateCcw size={18} />
          <span>
            <strong>The engine was started again,</strong> and nothing is open in it.
          </span>
          <button type="button" onClick={() => void session.openAgain()}>
            Open <Value text={reopen[0] ?? ''} /> {reopen.length > 1 && `and ${reopen.length - 1} more `}again
          </button>
          <button type="button" onClick={() => session.dismissReopen()}>
            <X size={16} /> Dismiss
          </button>
        </output>
      )}
      {notice !== undefined && (
        <div role="alert" className={css.warning}>
          <CircleAlert size={18} />
          <p>
            <Value text={notice} />
          </p>
          <button type="button" onClick={() => preferences.dismiss()}>
            <X size={16} /> Dismiss
          </button>
        </div>
      )}
      {problem && (
        <div role="alert" className={css.problem}>
          <CircleAlert size={18} />
          <p>
            <strong>{problem.title}</strong> <Value text={problem.message} />
          </p>
          <button type="button" onClick={() => session.dismissProblem()}>
            <X size={16} /> Dismiss
          </button>
        </div>
      )}
    </div>
  );
}
