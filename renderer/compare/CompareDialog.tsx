import { X } from 'lucide-react';
import { use, useMemo, useState } from 'react';
import type { Finding } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import { visibleText } from '../../shared/visible-text';
import { Dialog } from '../Dialog';
import { ProblemWords } from '../ProblemWords';
import { Value } from '../Value';
import { OpenLogContext } from '../open-log';
import { Controls } from '../timeline/Controls';
import { LaneControls } from '../timeline/LaneControls';
import { Stage } from '../timeline/Stage';
import timeline from '../timeline/UserTimeline.module.css';
import { AS_FOUND, arranged } from '../timeline/arrange';
import { TimelineModel } from '../timeline/model';
import type { TimeWindow } from '../timeline/time-window';
import { undrawnOf } from '../timeline/undrawn';
import type { TimelineView } from '../timeline/view';
import { AddUser } from './AddUser';
import css from './CompareDialog.module.css';
import { CompareTables } from './CompareTables';
import { combined, sharedIps } from './combined';
import { sharedWords } from './shared-words';
import { useCompared } from './use-compared';

/** As many users as one can still tell apart. */
export const MOST_COMPARED = 5;

interface Props {
  client: Client;
  /** Who is compared at first. */
  first: readonly Finding[];
  onClose: () => void;
}

/** Two to five users on one time axis, each with the lanes of their source IPs; below it the same facts as tables. */
export function CompareDialog({ client, first, onClose }: Props) {
  const [findings, setFindings] = useState<readonly Finding[]>(() => first.slice(0, MOST_COMPARED));
  const { compared, records, problem } = useCompared(client, findings);
  const { gaps } = use(OpenLogContext);
  const [arrangement, setArrangement] = useState(AS_FOUND);
  const [window, setWindow] = useState<TimeWindow>();
  const [view, setView] = useState<TimelineView>();
  const sessions = useMemo(() => compared?.flatMap((each) => each.sessions), [compared]);
  const model = useMemo(() => {
    const laid = compared?.map((each) => ({ ...each, timeline: arranged(each.timeline, arrangement) }));
    if (!laid || laid.length === 0) return undefined;
    const undrawn = laid.flatMap((each) => undrawnOf(each.timeline, each.finding.overlapCount) ?? []);
    const made = new TimelineModel(combined(laid), gaps, undrawn);
    made.sessions = sessions;
    return made;
  }, [compared, sessions, arrangement, gaps]);
  const lanes = useMemo(
    () => [...new Set(model?.lanes.flatMap(({ SrcIpAddr, head }) => (head === undefined ? SrcIpAddr : [])))],
    [model],
  );
  const names = findings.map(({ DstUserName }) => DstUserName).join(', ');
  return (
    <Dialog title="Compare users on one time axis" wide onClose={onClose}>
      <div className={css.compare}>
        <ul aria-label="Compared users" className={css.users}>
          {findings.map((finding) => (
            <li key={finding.id}>
              <span title={visibleText(finding.DstUserName)}>
                <Value text={finding.DstUserName} />
              </span>
              <button
                type="button"
                aria-label={`Take ${visibleText(finding.DstUserName)} out`}
                disabled={findings.length === 1}
                onClick={() => setFindings(findings.filter(({ id }) => id !== finding.id))}
              >
                <X size={14} />
              </button>
            </li>
          ))}
          <li>
            <AddUser
              client={client}
              taken={findings}
              isFull={findings.length >= MOST_COMPARED}
              onAdd={(finding) => setFindings([...findings, finding])}
            />
          </li>
        </ul>
        <p className={css.shared}>{compared && <Value text={sharedWords(sharedIps(compared), compared.length)} />}</p>
        {problem && (
          <p role="alert">
            <ProblemWords problem={problem} />
          </p>
        )}
        {model && compared && (
          <section aria-label="Compared timelines" className={timeline.timeline}>
            <Controls view={view} user={names}>
              <LaneControls arrangement={arrangement} lanes={lanes} onArrange={setArrangement} />
            </Controls>
            <Stage
              client={client}
              model={model}
              records={records}
              sessions={sessions}
              user={names}
              window={window}
              onWindowChange={setWindow}
              onView={setView}
            />
            <CompareTables compared={compared} model={model} view={view} />
          </section>
        )}
      </div>
    </Dialog>
  );
}
