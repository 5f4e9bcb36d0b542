import type { Client } from '../../shared/rpc';
import { useStore } from '../store';
import css from './FocusLine.module.css';
import { MarksLine } from './MarksLine';
import type { TimelineView } from './view';

/**
 * What has the keyboard's mark, in words: to be read, and read out. Without one it says how to get around. Beside it what
 * is measured and selected.
 */
export function FocusLine({ client, view }: { client: Client; view: TimelineView }) {
  const { said } = useStore(view);
  const { measure, area } = useStore(view.tools.marks);
  return (
    <div className={css.line}>
      <p aria-live="polite" title={said}>
        {said}
      </p>
      {said === '' && !measure && !area && (
        <p className={css.help}>
          Wheel zooms, drag pans, Alt+drag measures, Shift+drag selects. Keys: <kbd>o</kbd> overlap, <kbd>n</kbd>{' '}
          segment,{' '}
          {view.model.gaps.length > 0 && (
            <>
              <kbd>b</kbd> gap of the log,{' '}
            </>
          )}
          <kbd>f</kbd> fit, <kbd>?</kbd> all.
        </p>
      )}
      <MarksLine client={client} view={view} />
    </div>
  );
}
