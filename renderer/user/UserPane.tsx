import { memo } from 'react';
import type { Ref } from 'react';
import type { Finding } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import { visibleText } from '../../shared/visible-text';
import { Value } from '../Value';
import { ReportButton } from '../report/ReportButton';
import { UserTimeline } from '../timeline/UserTimeline';
import type { TimeWindow } from '../timeline/time-window';
import css from './UserPane.module.css';
import { WhyFlagged } from './WhyFlagged';

interface Props {
  client: Client;
  finding: Finding;
  /** The filter lets this user through. */
  isListed: boolean;
  onClearFilter: () => void;
  window: TimeWindow | undefined;
  onWindowChange: (window: TimeWindow | undefined) => void;
  /** Shows another finding that has something in common with this one. */
  onFinding: (finding: Finding) => void;
  /** Takes the focus when the user is chosen by key. */
  ref: Ref<HTMLDivElement>;
}

/** One flagged user: why, and when they were where. */
export const UserPane = memo(function UserPane({
  client,
  finding,
  isListed,
  onClearFilter,
  window,
  onWindowChange,
  onFinding,
  ref,
}: Props) {
  return (
    <section ref={ref} tabIndex={-1} aria-label="Selected user" className={css.pane}>
      <div className={css.head}>
        <div className={css.title}>
          <h2 title={visibleText(finding.DstUserName)}>
            <Value text={finding.DstUserName} />
          </h2>
          <output className={css.away}>
            {!isListed && (
              <>
                Not in the list now: filtered out
                <button type="button" onClick={onClearFilter}>
                  Clear the filter ( q )
                </button>
              </>
            )}
          </output>
          <ReportButton client={client} finding={finding} />
        </div>
        <WhyFlagged client={client} finding={finding} />
      </div>
      <UserTimeline
        client={client}
        finding={finding}
        window={window}
        onWindowChange={onWindowChange}
        onFinding={onFinding}
      />
    </section>
  );
});
