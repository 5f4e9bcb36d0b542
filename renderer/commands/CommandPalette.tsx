import { Command, useCommandState } from 'cmdk';
import { useContext, useState } from 'react';
import { Dialog } from '../Dialog';
import { useStore } from '../store';
import css from './CommandPalette.module.css';
import { CommandContext } from './command-store';

/** All that can be done now, found by a few letters and run by Enter. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const { commands } = useStore(useContext(CommandContext));
  const [wanted, setWanted] = useState('');
  return (
    <Dialog title="Commands" onClose={onClose}>
      <Command label="Commands" className={css.palette}>
        <Command.Input
          data-focus-first
          placeholder="What do you want to do?"
          value={wanted}
          onValueChange={setWanted}
        />
        <Command.List className={css.list}>
          {commands
            .toSorted((a, b) => a.name.localeCompare(b.name))
            .map(({ name, key, run }) => (
              <Command.Item
                key={name}
                value={name}
                className={css.item}
                onSelect={() => {
                  onClose();
                  run();
                }}
              >
                {name}
                {key !== undefined && <kbd>{key}</kbd>}
              </Command.Item>
            ))}
        </Command.List>
        <NoneFound />
      </Command>
    </Dialog>
  );
}

/** Beside the list, not in it: a list of choices holds choices only. */
function NoneFound() {
  const count = useCommandState((state) => state.filtered.count);
  return <output>{count === 0 && 'No command has these letters.'}</output>;
}
