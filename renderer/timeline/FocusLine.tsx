import { useStore } from '../store';
import css from './FocusLine.module.css';
import type { TimelineView } from './view';

/** What has the keyboard's mark, in words: to be read, and read out. Without one it says how to get around. */
export function FocusLine({ view }: { view: TimelineView }) {
  const { said } = useStore(view);
  return (
    <div className={css.line}>
      <p aria-live="polite" title={said}>
        {said}
      </p>
      {said === '' && (
        <p className={css.help}>
          Wheel zooms, drag pans. Keys: <kbd>o</kbd> next overlap, <kbd>n</kbd> <kbd>p</kbd> segments, <kbd>↑</kbd>{' '}
          <kbd>↓</kbd> lanes, <kbd>+</kbd> <kbd>-</kbd> zoom, <kbd>f</kbd> fit.
        </p>
      )}
    </div>
  );
}
