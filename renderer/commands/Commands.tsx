import { useContext, useEffect, useState } from 'react';
import { CommandPalette } from './CommandPalette';
import { ShortcutHelp } from './ShortcutHelp';
import { CommandContext, useCommand } from './command-store';

/** Listens for the keys of commands, and shows the list of commands (Ctrl+K) and the help on keys (?). */
export function Commands() {
  const store = useContext(CommandContext);
  const [open, setOpen] = useState<'palette' | 'help'>();
  useCommand('Keys', () => setOpen('help'), { key: '?' });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const wantsPalette = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey;
      const inDialog = document.querySelector('dialog[open]') !== null;
      if (wantsPalette && !inDialog) setOpen('palette');
      else if (inDialog || !store.press(event)) return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [store]);
  if (open === 'palette') return <CommandPalette onClose={() => setOpen(undefined)} />;
  if (open === 'help') return <ShortcutHelp onClose={() => setOpen(undefined)} />;
  return null;
}
