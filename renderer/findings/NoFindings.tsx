import type { DetectionSummary } from '../../shared/domain';
import { Value } from '../Value';
import { countOf } from '../format-number';
import css from './NoFindings.module.css';

interface Props {
  detection: DetectionSummary;
  /** What could as well be otherwise about how the files are read. */
  doubts: readonly string[];
  onSettings: () => void;
}

/** Nobody is flagged: why, as far as the engine can tell, so that silence is not mistaken for innocence. */
export function NoFindings({ detection, doubts, onSettings }: Props) {
  return (
    <div className={css.none}>
      <h2>No user was at two source IPs at once.</h2>
      <p>
        {countOf(detection.users, 'user')} with {countOf(detection.segments, 'session segment')} were looked at.
      </p>
      <ul>
        {detection.whyNone.map((why) => (
          <li key={why}>
            <Value text={why} />
          </li>
        ))}
      </ul>
      {doubts.length > 0 && (
        <>
          <p>It may be for how the files are read, which Import details can change:</p>
          <ul>
            {doubts.map((doubt) => (
              <li key={doubt}>
                <Value text={doubt} />
              </li>
            ))}
          </ul>
        </>
      )}
      <div>
        <button type="button" onClick={onSettings}>
          Change the detection settings
        </button>
      </div>
    </div>
  );
}
