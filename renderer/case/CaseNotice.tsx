import { Lock } from 'lucide-react';
import { Value } from '../Value';
import { use } from 'react';
import { CommandContext } from '../commands/command-store';
import { formatTime, wholeSecond } from '../format-time';
import css from '../Notices.module.css';
import { useStore } from '../store';
import type { CaseStore } from './case-store';

/** Another Doppel has the case: what was decided there can be read, and what to do about it. */
export function CaseNotice({ decisions }: { decisions: CaseStore }) {
  const { info } = useStore(decisions);
  const commands = use(CommandContext);
  if (!info?.heldBy) return null;
  const { pid, host, started } = info.heldBy;
  return (
    <div role="alert" className={css.warning}>
      <Lock size={18} />
      <p>
        <strong>
          Case in use by process {pid} on <Value text={host} />: decisions are read only here.
        </strong>{' '}
        It was started {formatTime(wholeSecond(started))}. As soon as it is closed there, you can decide here; Doppel
        keeps trying.
      </p>
      <button type="button" onClick={() => commands.run('Cases: open another one or make one')}>
        Open another case
      </button>
    </div>
  );
}
