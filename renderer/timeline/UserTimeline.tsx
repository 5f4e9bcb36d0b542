import { use, useMemo, useState } from 'react';
import type { Finding } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import { ProblemWords } from '../ProblemWords';
import { Value } from '../Value';
import { OpenLogContext } from '../open-log';
import type { TimelineUser } from '../user/timeline-of';
import { Controls } from './Controls';
import { LaneControls } from './LaneControls';
import { Stage } from './Stage';
import css from './UserTimeline.module.css';
import { AS_FOUND, arranged } from './arrange';
import { modelOf } from './model';
import { EvidenceTables } from './tables/EvidenceTables';
import type { TimeWindow } from './time-window';
import { useDetails } from './use-details';
import { useTimeline } from './use-timeline';
import type { TimelineView } from './view';

interface Props {
  client: Client;
  finding: TimelineUser;
  /** What to show; undefined is everything. */
  window: TimeWindow | undefined;
  /** The analyst has panned or zoomed, or (undefined) asked for everything. At most twelve times a second. */
  onWindowChange: (window: TimeWindow | undefined) => void;
  /** Shows another finding that has something in common with this one; without it none is offered. */
  onFinding?: ((finding: Finding) => void) | undefined;
}

/** When one flagged user was where: on a canvas, and below it the same facts as tables. */
export function UserTimeline({ client, finding, window, onWindowChange, onFinding }: Props) {
  const { columns, problem, retry } = useTimeline(client, finding);
  const { records, sessions } = useDetails(client, finding.user, columns);
  const [arrangement, setArrangement] = useState(AS_FOUND);
  const { gaps } = use(OpenLogContext);
  const model = useMemo(
    () => columns && modelOf(arranged(columns, arrangement), gaps, finding.overlapCount),
    [columns, arrangement, gaps, finding.overlapCount],
  );
  // the controls are drawn anew only when the lanes are
  const lanes = useMemo(
    () =>
      model && (model.lanes.length > 1 || arrangement.merge) ? model.lanes.map((lane) => lane.SrcIpAddr) : undefined,
    [model, arrangement.merge],
  );
  const [view, setView] = useState<TimelineView>();
  return (
    <section aria-label="Timeline" className={css.timeline}>
      {problem && (
        <div role="alert" className={css.problem}>
          <p>
            <ProblemWords problem={problem} />
          </p>
          <button type="button" onClick={retry}>
            Try again
          </button>
        </div>
      )}
      {!model && !problem && (
        <output className={css.waiting}>
          Reading the timeline of <Value text={finding.DstUserName} />…
        </output>
      )}
      {model?.lanes.length === 0 && (
        <p className={css.waiting}>
          The log as it is read now shows <Value text={finding.DstUserName} /> nowhere.
        </p>
      )}
      {model && model.lanes.length > 0 && (
        <>
          <Controls view={view} user={finding.DstUserName}>
            {lanes && <LaneControls arrangement={arrangement} lanes={lanes} onArrange={setArrangement} />}
          </Controls>
          <Stage
            client={client}
            model={model}
            records={records}
            sessions={sessions}
            user={finding.DstUserName}
            window={window}
            onWindowChange={onWindowChange}
            onView={setView}
          />
        </>
      )}
      {/* with the picture and not before it, whose height is not known until then: they would be pushed down */}
      {(model || problem) && (
        <EvidenceTables client={client} finding={finding} model={model} view={view} onFinding={onFinding} />
      )}
    </section>
  );
}
