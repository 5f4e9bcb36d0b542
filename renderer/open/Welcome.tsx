import { FlaskConical } from 'lucide-react';
import type { Session } from '../session';
import { ReadingsButton } from '../reading/AllReadings';
import { OpenButton } from './OpenButton';
import { OpenFolderButton } from './OpenFolderButton';
import css from './Welcome.module.css';

/** Nothing is open: what Doppel answers, and the three ways in. */
export function Welcome({ session }: { session: Session }) {
  return (
    <div className={css.welcome}>
      <div className={css.drop}>
        <h2>Which users were at two source IPs at once?</h2>
        <p>
          Open Zscaler Private Access logs: user activity and user status from the Log Streaming Service, or an export
          of ZPA_CL or ZPAEvent from Sentinel. JSON lines, JSON, CSV or Parquet, also compressed with gzip or zstd, and
          zip and tar archives of them.
        </p>
        <div className={css.actions}>
          <OpenButton session={session} main />
          <OpenFolderButton session={session} />
          <button type="button" onClick={() => void session.openSample()}>
            <FlaskConical size={16} /> Open the sample day
          </button>
        </div>
        <ReadingsButton />
        <p className={css.note}>
          Or drop files or a folder anywhere in this window. They stay on this machine and are never changed.
        </p>
      </div>
    </div>
  );
}
