import { visibleText } from '../../shared/visible-text';
import { Value } from '../Value';
import { useStore } from '../store';
import css from './LaneHeads.module.css';
import { laneNote } from './describe';
import { lanesOf } from './steps';
import type { TimelineView } from './view';

/** The source IP of each lane in sight, and where it is. The view moves them along with the lanes. */
export function LaneHeads({ view }: { view: TimelineView }) {
  const { firstLane, lastLane, laneHeight, focus } = useStore(view);
  const current = focus ? lanesOf(view.model, focus) : [];
  const { lanes } = view.model;
  return (
    <ul aria-label="Source IPs" className={css.heads}>
      {lanes.slice(firstLane, lastLane + 1).map((lane, index) => {
        const name = lane.head === undefined ? lane.SrcIpAddr : (lane.owner?.name ?? '');
        const note = lane.head ?? laneNote(lane);
        return (
          <li
            key={`${lane.owner?.user ?? ''} ${lane.SrcIpAddr}`}
            title={`${visibleText(name)} ${note}`}
            data-of={lane.owner && (lane.head === undefined ? 'lane' : 'head')}
            aria-current={current.includes(firstLane + index) || undefined}
            style={{ top: (firstLane + index) * laneHeight, height: laneHeight }}
          >
            <strong>
              <Value text={name} />
            </strong>{' '}
            <span>{note}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** Makes the scroller as high as all lanes together. */
export function ScrollRoom({ view }: { view: TimelineView }) {
  const { scrollRoom } = useStore(view);
  return <div style={{ height: scrollRoom }} />;
}
