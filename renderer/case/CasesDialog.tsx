import { useEffect, useState } from 'react';
import type { KnownCase } from '../../shared/cases';
import { messageOf } from '../../shared/errors';
import { Dialog } from '../Dialog';
import { Value } from '../Value';
import { countOf } from '../format-number';
import type { Native } from '../native';
import { useStore } from '../store';
import css from './CasesDialog.module.css';
import type { CaseStore } from './case-store';

interface Props {
  decisions: CaseStore;
  native: Native;
  onClose: () => void;
}

/** The case that is open, the others that can be, and a new one. */
export function CasesDialog({ decisions, native, onClose }: Props) {
  const { info } = useStore(decisions);
  const [cases, setCases] = useState<KnownCase[]>();
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    decisions.cases().then(setCases, (error: unknown) => setProblem(messageOf(error)));
  }, [decisions, info]);

  const go = async (act: () => Promise<void>): Promise<void> => {
    setProblem(undefined);
    try {
      await act();
      onClose();
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  const others = cases?.filter(({ open }) => !open) ?? [];
  return (
    <Dialog title="Cases" onClose={onClose}>
      {info && (
        <p>
          Open now: <strong>{<Value text={info.name} />}</strong>, {countOf(info.decisions, 'decision')} about{' '}
          {countOf(info.findings, 'finding')}, in <Value text={info.folder} />
        </p>
      )}
      <p>A case keeps what is decided. It belongs to no log: a finding has its decisions again whenever it comes up.</p>
      {problem !== undefined && (
        <p role="alert" className={css.problem}>
          <Value text={problem} />
        </p>
      )}
      {others.length === 0 ? (
        <p className={css.quiet}>{cases ? 'There is no other case yet.' : 'Looking for cases.'}</p>
      ) : (
        <ul className={css.cases} aria-label="Other cases">
          {others.map((each) => (
            <li key={each.id}>
              <button type="button" onClick={() => void go(() => decisions.openCase(each.id))}>
                Open <Value text={each.name} />
              </button>
              <span className={css.quiet}>
                <Value text={each.folder} />
                {each.heldBy && ` (in use by process ${each.heldBy.pid})`}
              </span>
            </li>
          ))}
        </ul>
      )}
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') void go(() => decisions.makeCase(name.trim()));
        }}
      >
        <label>
          New case <input value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
        </label>
        <button type="submit" data-kind="main" disabled={name.trim() === ''}>
          Make and open it
        </button>
        {native.openCase && (
          <button type="button" onClick={() => void go(() => native.openCase?.() ?? Promise.resolve())}>
            Choose a folder…
          </button>
        )}
      </form>
      {!native.openCase && (
        <p className={css.quiet}>
          A new case lies in Doppel’s own folder, because a page in a browser may not choose one. For another place,
          such as a shared drive, end Doppel and start it with <code>doppel serve --case FOLDER</code>, which makes the
          folder where there is none; the case is listed here from then on. The desktop app can choose a folder itself.
        </p>
      )}
    </Dialog>
  );
}
