import { memo, useId, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Client } from '../../../shared/rpc';
import { formatCount } from '../../format-number';
import type { TimelineUser } from '../../user/timeline-of';
import type { TimelineModel } from '../model';
import type { TimelineView } from '../view';
import css from './EvidenceTables.module.css';
import { OverlapGrid } from './OverlapGrid';
import { SegmentGrid } from './SegmentGrid';

interface Props {
  client: Client;
  finding: TimelineUser;
  model: TimelineModel | undefined;
  view: TimelineView | undefined;
}
type Tab = 'overlaps' | 'segments';

/** All that the canvas shows, as tables: for those who read rather than look, and for those who do not see it. */
export const EvidenceTables = memo(function EvidenceTables({ client, finding, model, view }: Props) {
  const [tab, setTab] = useState<Tab>(finding.overlapCount === 0 ? 'segments' : 'overlaps');
  const id = useId();
  const tabs = useRef<HTMLDivElement>(null);
  const segments = model ? ` (${formatCount(model.barCount)})` : '';
  const names = { overlaps: `Overlaps (${formatCount(finding.overlapCount)})`, segments: `Segments${segments}` };
  const listed = model?.overlapCount ?? finding.overlapCount;

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) return;
    const next = tab === 'overlaps' ? 'segments' : 'overlaps';
    setTab(event.key === 'Home' ? 'overlaps' : event.key === 'End' ? 'segments' : next);
    event.preventDefault();
    requestAnimationFrame(() => tabs.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
  };
  const Grid = tab === 'overlaps' ? OverlapGrid : SegmentGrid;
  return (
    <div className={css.tables}>
      <div className={css.bar}>
        <div ref={tabs} role="tablist" aria-label="The timeline as tables" className={css.tabs}>
          {(['overlaps', 'segments'] as const).map((name) => (
            <button
              key={name}
              id={`${id}-${name}`}
              type="button"
              role="tab"
              aria-selected={tab === name}
              aria-controls={`${id}-panel`}
              tabIndex={tab === name ? 0 : -1}
              onClick={() => setTab(name)}
              onKeyDown={onKeyDown}
            >
              {names[name]}
            </button>
          ))}
        </div>
        {tab === 'overlaps' && listed < finding.overlapCount && (
          <p>Counted in full; the first {formatCount(listed)} are listed and drawn.</p>
        )}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${tab}`} className={css.panel}>
        <Grid key={finding.user} client={client} user={finding.user} view={view} />
      </div>
    </div>
  );
});
