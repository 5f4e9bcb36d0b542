import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Client } from '../../shared/rpc';
import { FocusLine } from './FocusLine';
import { useZone } from '../time-zone/zone';
import { LaneHeads, ScrollRoom } from './LaneHeads';
import css from './Stage.module.css';
import { Tooltip } from './Tooltip';
import { summaryWords } from './describe';
import { attachInteraction } from './interaction';
import { KEY_NAMES } from './keys';
import { fullHeight } from './math/layout';
import type { TimelineModel } from './model';
import type { MarkedRecords } from './record-ticks';
import { focusIn } from './steps';
import type { Focus } from './steps';
import type { TimeWindow } from './time-window';
import { TimelineView } from './view';

interface Props {
  client: Client;
  model: TimelineModel;
  /** Undefined until they have come. */
  records: MarkedRecords | undefined;
  /** The session of each segment, as the engine numbers these; undefined until they have come. */
  sessions: readonly string[] | undefined;
  user: string;
  window: TimeWindow | undefined;
  onWindowChange: (window: TimeWindow | undefined) => void;
  /** The view is what the buttons and tables around the stage move. Must keep its identity. */
  onView: (view: TimelineView | undefined) => void;
}

/** The canvas with its lane heads, scroll bar, tooltip and the line that says what has the focus. */
export function Stage({ client, model, records, sessions, user, window, onWindowChange, onView }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const heads = useRef<HTMLDivElement>(null);
  const last = useRef<{ model: TimelineModel; focus: Focus | undefined }>(undefined);
  const report = useRef(onWindowChange);
  const [view, setView] = useState<TimelineView>();
  const zone = useZone();
  useEffect(() => {
    report.current = onWindowChange;
  }, [onWindowChange]);

  // before the page is painted: the picture is there with its frame, not two frames later
  useLayoutEffect(() => {
    if (!canvas.current || !scroller.current || !heads.current) return undefined;
    const elements = { canvas: canvas.current, scroller: scroller.current, heads: heads.current };
    const made = new TimelineView(model, elements, (to) => report.current(to));
    const detach = attachInteraction(made);
    // the lanes of the same user in another order: the mark stays where it was
    const { model: before, focus } = last.current ?? {};
    const mark = before && focus && focusIn(model, before, focus);
    if (mark) made.mark(mark);
    setView(made);
    onView(made);
    return () => {
      last.current = { model, focus: made.state.focus };
      detach();
      made.dispose();
      setView(undefined);
      onView(undefined);
    };
  }, [model, onView]);
  useEffect(() => view?.draw(), [view, zone]);
  useEffect(() => view?.follow(window), [view, window]);
  useEffect(() => view?.showRecords(records), [view, records]);
  useEffect(() => view?.nameSessions(sessions), [view, sessions]);

  return (
    <>
      <div ref={scroller} className={css.scroller} style={{ height: fullHeight(model.lanes.length) }}>
        <div className={css.pinned}>
          <div className={css.heads}>
            <p className={css.zone}>Times in {zone}</p>
            <p className={css.strip}>Overlaps</p>
            <div className={css.headsRoom}>
              <div ref={heads}>{view && <LaneHeads view={view} />}</div>
            </div>
          </div>
          {/* an application takes the focus and the keys; all it shows is in the tables below as well */}
          {/* oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-interactive-element-to-noninteractive-role */}
          <canvas
            ref={canvas}
            className={css.canvas}
            tabIndex={0}
            role="application"
            aria-roledescription="timeline"
            aria-label={summaryWords(model, user)}
            aria-keyshortcuts={KEY_NAMES}
          />
          {/* oxlint-enable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-interactive-element-to-noninteractive-role */}
        </div>
        {view && <ScrollRoom view={view} />}
      </div>
      {view && <FocusLine client={client} view={view} />}
      {view && <Tooltip view={view} />}
    </>
  );
}
