import { ChevronLeft, ChevronRight, Maximize2, ZoomIn, ZoomOut } from 'lucide-react';
import { memo } from 'react';
import type { ReactNode } from 'react';
import { ENDINGS } from '../../shared/domain';
import css from './Controls.module.css';
import { PictureButtons } from './PictureButtons';
import { ENDING_MARKS } from './describe';
import { zoomIn, zoomOut } from './keys';
import type { TimelineView } from './view';

interface Props {
  view: TimelineView | undefined;
  user: string;
  /** More to choose from, in the same row. */
  children?: ReactNode;
}

/** What the keys do, as buttons, and what the forms mean that are to be seen. */
export const Controls = memo(function Controls({ view, user, children }: Props) {
  const overlaps = view?.model.overlapCount ?? 0;
  return (
    <div className={css.controls}>
      <fieldset aria-label="Move the timeline" className={css.buttons}>
        <Control view={view} shortcut="f" hint="Show everything" act={(at) => at.fit()}>
          <Maximize2 size={14} /> Fit
        </Control>
        <Control view={view} shortcut="+" hint="Zoom in" act={zoomIn}>
          <ZoomIn size={14} /> Zoom in
        </Control>
        <Control view={view} shortcut="-" hint="Zoom out" act={zoomOut}>
          <ZoomOut size={14} /> Zoom out
        </Control>
        <Control
          view={overlaps > 0 ? view : undefined}
          shortcut="Shift+O"
          hint="Zoom to the previous overlap"
          act={(at) => at.nextOverlap(-1)}
        >
          <ChevronLeft size={14} /> Previous overlap
        </Control>
        <Control
          view={overlaps > 0 ? view : undefined}
          shortcut="o"
          hint="Zoom to the next overlap"
          act={(at) => at.nextOverlap(1)}
        >
          <ChevronRight size={14} /> Next overlap
        </Control>
        {children}
        <PictureButtons view={view} user={user} />
      </fieldset>
      <ul aria-label="Legend" className={css.legend}>
        {ENDINGS.filter((ending) => view?.model.hasEnding(ending)).map((ending) => (
          <li key={ending} data-mark={ending}>
            {ENDING_MARKS[ending]}
          </li>
        ))}
        {view?.model.hasStarting('first-seen') && <li data-mark="first-seen">starts when first seen</li>}
        <li data-mark="record">a record</li>
        {overlaps > 0 && <li data-mark="overlap">two source IPs at once</li>}
        {view !== undefined && view.model.gaps.length > 0 && <li data-mark="gap">the log has no records</li>}
      </ul>
    </div>
  );
});

interface ControlProps {
  view: TimelineView | undefined;
  /** The key that does the same while the canvas has the focus. */
  shortcut: string;
  hint: string;
  act: (view: TimelineView) => void;
  children: ReactNode;
}

function Control({ view, shortcut, hint, act, children }: ControlProps) {
  return (
    <button
      type="button"
      disabled={!view}
      title={`${hint} (${shortcut} in the timeline)`}
      onClick={() => {
        if (view) act(view);
      }}
    >
      {children}
    </button>
  );
}
