import { useEffect, useRef } from 'react';
import { useStore } from '../store';
import css from './Tooltip.module.css';
import { barFacts, gapFacts, overlapFacts } from './describe';
import type { Fact } from './describe';
import type { TimelineView } from './view';

const GAP = 14;

/** Details of what the pointer is on. For the pointer only: the keyboard has the line under the canvas. */
export function Tooltip({ view }: { view: TimelineView }) {
  const { hover } = useStore(view);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { canvas } = view.elements;
    const follow = (event: PointerEvent): void => {
      if (box.current) box.current.style.transform = beside(event.clientX, event.clientY);
    };
    // wherever the focus is, Escape must uncover what the box hides
    const hide = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') view.leave();
    };
    canvas.addEventListener('pointermove', follow);
    document.addEventListener('keydown', hide);
    return () => {
      canvas.removeEventListener('pointermove', follow);
      document.removeEventListener('keydown', hide);
    };
  }, [view]);
  return (
    <div ref={box} className={css.tooltip} aria-hidden="true" data-testid="timeline-tooltip" hidden={!hover}>
      {hover?.bar !== undefined && <Facts title="Segment" facts={barFacts(view.model, hover.bar)} />}
      {hover?.overlap !== undefined && <Facts title="Overlap" facts={overlapFacts(view.model, hover.overlap)} />}
      {hover?.gap !== undefined && <Facts title="Gap of the log" facts={gapFacts(view.model, hover.gap)} />}
    </div>
  );
}

function Facts({ title, facts }: { title: string; facts: Fact[] }) {
  return (
    <dl data-of={title}>
      <div className={css.title}>{title}</div>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <bdi dir="ltr">{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** On the side of the pointer that has more room, whatever the size of the box. */
function beside(x: number, y: number): string {
  const left = x > innerWidth / 2;
  const above = y > innerHeight / 2;
  const corner = `translate(${x + (left ? -GAP : GAP)}px, ${y + (above ? -GAP : GAP)}px)`;
  return `${corner} translate(${left ? '-100%' : '0'}, ${above ? '-100%' : '0'})`;
}
