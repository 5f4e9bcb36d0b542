import { memo, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Finding } from '../../../shared/domain';
import type { Client } from '../../../shared/rpc';
import { Tabs, panelOf } from '../../Tabs';
import { useCommand } from '../../commands/command-store';
import { formatCount } from '../../format-number';
import { RelatedGrid } from '../../related/RelatedGrid';
import { useRelatedTotal } from '../../related/use-related-total';
import type { TimelineUser } from '../../user/timeline-of';
import type { TimelineModel } from '../model';
import type { TimelineView } from '../view';
import css from './EvidenceTables.module.css';
import { LaneGrid } from './LaneGrid';
import { LogRecords } from './LogRecords';
import { GapGrid } from './GapGrid';
import { evidenceOf } from './evidence-of';
import type { Behind } from './evidence-of';
import { OverlapGrid } from './OverlapGrid';
import { SegmentGrid } from './SegmentGrid';

interface Props {
  client: Client;
  finding: TimelineUser;
  model: TimelineModel | undefined;
  view: TimelineView | undefined;
  /** Shows another finding; without it none is offered. */
  onFinding?: ((finding: Finding) => void) | undefined;
}
const TABS = ['overlaps', 'segments', 'ips', 'records', 'gaps', 'related'] as const;
type Tab = (typeof TABS)[number];

/** All that the canvas shows, as tables: for those who read rather than look, and for those who do not see it. */
export const EvidenceTables = memo(function EvidenceTables({ client, finding, model, view, onFinding }: Props) {
  const [tab, setTab] = useState<Tab>(finding.overlapCount === 0 ? 'segments' : 'overlaps');
  const { user } = finding;
  // chosen in a table, or marked on the timeline
  const [chosen, setChosen] = useState<Behind>();
  const everything = useMemo((): Behind => ({ behind: 'this user', of: { user } }), [user]);
  // what was chosen of another user is behind
  const { behind, of } = chosen?.of.user === user ? chosen : everything;
  const id = useId();
  const relatedTotal = useRelatedTotal(client, user, onFinding !== undefined && model !== undefined);
  const segments = model ? ` (${formatCount(model.barCount)})` : '';
  const names = {
    overlaps: `Overlaps (${formatCount(finding.overlapCount)})`,
    segments: `Segments${segments}`,
    ips: `${model?.isMerged ? 'IP blocks' : 'Source IPs'}${model ? ` (${formatCount(model.placeCount)})` : ''}`,
    records: `Log records of ${behind}`,
    related: `Related${relatedTotal === undefined ? '' : ` (${formatCount(relatedTotal)})`}`,
    gaps: `Gaps of the log (${formatCount(model?.gaps.length ?? 0)})`,
  };
  useEffect(() => {
    let before = view?.state.focus;
    return view?.subscribe(() => {
      const { focus } = view.state;
      if (focus === before) return;
      before = focus;
      setChosen(focus && evidenceOf(view.model, user, focus));
    });
  }, [view, user]);
  const hidden: Tab[] = [];
  if (!model || model.gaps.length === 0) hidden.push('gaps');
  if (!onFinding) hidden.push('related');
  const panel = useRef<HTMLDivElement>(null);
  const [goes, setGoes] = useState(0);
  const goTo = (to: Tab): void => {
    setTab(to);
    setGoes((before) => before + 1);
  };
  useCommand('Related findings', () => goTo('related'), { key: 'l', available: onFinding !== undefined });
  useCommand('Log records of what is marked on the timeline, else of the user', () => goTo('records'), { key: 'y' });
  useEffect(() => {
    // while the rows are on their way the panel has the focus, and then the first of them
    if (goes > 0) (panel.current?.querySelector<HTMLElement>('[data-index="0"]') ?? panel.current)?.focus();
  }, [goes]);
  const listed = model?.overlapCount ?? finding.overlapCount;

  const shared = { client, user, view };
  return (
    <div className={css.tables}>
      <div className={css.bar}>
        <Tabs
          label="The timeline as tables"
          id={id}
          tabs={TABS.filter((each) => !hidden.includes(each))}
          names={names}
          tab={tab}
          onTab={setTab}
        />
        {tab === 'overlaps' && listed < finding.overlapCount && (
          <p>Counted in full; the first {formatCount(listed)} are listed and drawn.</p>
        )}
      </div>
      <div {...panelOf(id, tab)} ref={panel} tabIndex={-1} className={css.panel}>
        {tab === 'overlaps' && (
          <OverlapGrid
            key={user}
            {...shared}
            onChosen={({ PreviousSrcIpAddr, SrcIpAddr, overlapStart: from, overlapEnd: to }) =>
              setChosen({ behind: 'this overlap', of: { user, from, to, ips: [PreviousSrcIpAddr, SrcIpAddr] } })
            }
          />
        )}
        {tab === 'segments' && (
          <SegmentGrid
            key={user}
            {...shared}
            onChosen={({ SrcIpAddr, sessionId: session, start: from, end: to }) =>
              setChosen({ behind: 'this segment', of: { user, from, to, ips: [SrcIpAddr], session } })
            }
          />
        )}
        {tab === 'ips' && model && <LaneGrid model={model} view={view} />}
        {tab === 'records' && (
          <LogRecords key={JSON.stringify(of)} client={client} of={of} behind={behind} cursor={view?.tools.cursor} />
        )}
        {tab === 'related' && onFinding && (
          <RelatedGrid
            key={user}
            client={client}
            user={user}
            total={relatedTotal}
            takesFocus={goes > 0}
            onFinding={onFinding}
          />
        )}
        {tab === 'gaps' && model && <GapGrid model={model} view={view} />}
      </div>
    </div>
  );
});
