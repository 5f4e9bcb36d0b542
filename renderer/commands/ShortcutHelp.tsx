import { useContext } from 'react';
import { Dialog } from '../Dialog';
import { useStore } from '../store';
import css from './ShortcutHelp.module.css';
import { CommandContext } from './command-store';

/** Keys that belong to a place: they work while it has the focus. */
const PLACES: Readonly<Record<string, readonly (readonly [keys: string, does: string])[]>> = {
  'Flagged users': [
    ['↑ ↓', 'the user above, below (also k and j, anywhere)'],
    ['PgUp PgDn Home End', 'further'],
    ['Enter', 'to the chosen user'],
    ['Space', 'tick or untick the user'],
    ['Shift with these', 'tick all on the way'],
    ['Ctrl+A', 'tick all that match'],
  ],
  Timeline: [
    ['o, Shift+o', 'next, previous overlap'],
    ['n p', 'next, previous segment'],
    ['b, Shift+b', 'next, previous gap of the log: where it is blank'],
    ['↑ ↓', 'lanes'],
    ['← →', 'move in time'],
    ['+ −', 'zoom, about the cursor'],
    ['f', 'show everything'],
    ['Enter', 'zoom to the overlap, segment or gap that is marked (also a double click on it)'],
    ['[ ]', 'the cursor to the edge or record before, after it'],
    [', .', 'the cursor a step (with Shift: ten steps)'],
    ['m', 'measure: once at each end (also Alt and drag)'],
    ['a', 'select an area: once at each end (also Shift and drag)'],
    ['Esc', 'clear what is measured and selected'],
  ],
};

/** Every key, by where it works. */
export function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const { commands } = useStore(useContext(CommandContext));
  const everywhere = commands.flatMap(({ name, key, elsewhere }) =>
    key === undefined || elsewhere ? [] : [[key, name] as const],
  );
  const deciding = commands.flatMap(({ name, key, elsewhere }) =>
    key === undefined || elsewhere === undefined ? [] : [[key, name] as const],
  );
  const parts = {
    Everywhere: [...everywhere, ['Ctrl+K', 'all commands'] as const],
    ...(deciding.length > 0 && { 'Flagged users and the user below them': deciding }),
    ...PLACES,
  };
  return (
    <Dialog title="Keys" onClose={onClose}>
      <div className={css.help}>
        {Object.entries(parts).map(([place, keys]) => (
          <section key={place} aria-label={place}>
            <h3>{place}</h3>
            <dl className={css.keys}>
              {keys.map(([key, does]) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
