import { useMemo, useState } from 'react';
import { activityInWords } from '../../shared/activity-words';
import type { Activity, FindingState } from '../../shared/decisions';
import { visibleText } from '../../shared/visible-text';
import { Dialog } from '../Dialog';
import { Value } from '../Value';
import { formatCount } from '../format-number';
import { wholeSecond } from '../format-time';
import { TimeInZone } from '../time-zone/InZone';
import { useStore } from '../store';
import { PagedGrid } from '../timeline/tables/PagedGrid';
import type { Column } from '../timeline/tables/PagedGrid';
import css from './ActivityDialog.module.css';
import { activityPages } from './activity-pages';
import type { CaseStore } from './case-store';

interface Props {
  decisions: CaseStore;
  onClose: () => void;
}

/** The log has one order, the latest first. */
const LATEST_FIRST = { by: 'time', descending: true };

/** Who decided what and when, in the whole case: every line of the log. A line that is chosen leads to its user. */
export function ActivityDialog({ decisions: store, onClose }: Props) {
  const { info, decisions } = useStore(store);
  const [asked, setAsked] = useState(0);
  const [grown, setGrown] = useState({ asked, lines: 0 });
  const load = useMemo(
    () =>
      activityPages(
        (offset, limit) => store.activity(undefined, offset, limit),
        (lines) => setGrown({ asked, lines }),
      ),
    [store, asked],
  );
  const [seen, setSeen] = useState(decisions);
  const columns = useMemo(() => columnsOf(decisions), [decisions]);
  const more = grown.asked === asked ? grown.lines : 0;
  return (
    <Dialog title="Activity in this case" wide onClose={onClose}>
      <div className={css.said}>
        <p>
          Case <Value text={info?.name ?? ''} />: every decision, the latest first. Nothing is ever taken out.
        </p>
        {seen !== decisions && (
          <button
            type="button"
            onClick={() => {
              setSeen(decisions);
              setAsked(asked + 1);
            }}
          >
            Show what came since{more > 0 && ` (${formatCount(more)})`}
          </button>
        )}
      </div>
      <div className={css.grid}>
        <PagedGrid
          label="Activity"
          columns={columns}
          sort={LATEST_FIRST}
          onSort={() => undefined}
          load={load}
          empty="Nothing has been decided in this case yet."
          onChoose={({ finding }) => {
            onClose();
            store.want(finding);
          }}
        />
      </div>
    </Dialog>
  );
}

function columnsOf(decisions: ReadonlyMap<string, FindingState>): Column<Activity, string>[] {
  const value = (text: string) => (
    <span title={visibleText(text)}>
      <Value text={text} />
    </span>
  );
  const user = (finding: string): string => decisions.get(finding)?.subject?.DstUserName ?? `finding ${finding}`;
  return [
    {
      head: 'Time',
      isTime: true,
      width: 206,
      cell: ({ ts }) => <TimeInZone at={wholeSecond(ts)} />,
    },
    { head: 'Who', width: 120, grow: 0.5, cell: ({ author }) => value(author) },
    { head: 'User', width: 180, grow: 1, cell: ({ finding }) => value(user(finding)) },
    { head: 'What', width: 300, grow: 3, cell: (row) => value(activityInWords(row)) },
  ];
}
