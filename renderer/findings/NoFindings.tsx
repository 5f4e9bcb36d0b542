import type { DetectionSummary } from '../../shared/domain';
import { Value } from '../Value';
import { countOf } from '../format-number';
import css from './NoFindings.module.css';

interface Props {
  detection: DetectionSummary;
  /** What could as well be otherwise about how the files are read. */
  doubts: readonly string[];
  onSettings: () => void;
  /** Asks how the first of these files is read; absent where that cannot be changed. */
  onReading: (() => void) | undefined;
}

/** Nobody is flagged: why, as far as the engine can tell, so that silence is not mistaken for innocence. */
export function NoFindings({ detection, doubts, onSettings, onReading }: Props) {
  return (
    <div className={css.none}>
      <h2>{detection.users === 0 ? 'There was no user to look at.' : 'No user was at two source IPs at once.'}</h2>
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
          <p>It may be for how the files are read, which can be changed:</p>
          <ul>
            {doubts.map((doubt) => (
              <li key={doubt}>
                <Value text={doubt} />
              </li>
            ))}
          </ul>
        </>
      )}
      <div className={css.actions}>
        {doubts.length > 0 && onReading && (
          <button type="button" data-kind="main" onClick={onReading}>
            Change how the file is read
          </button>
        )}
        {detection.users > 0 && (
          <button type="button" onClick={onSettings}>
            Change the detection settings
          </button>
        )}
      </div>
    </div>
  );
}
