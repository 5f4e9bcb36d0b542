import { Clock } from 'lucide-react';
import { use, useState } from 'react';
import { useCommand } from '../commands/command-store';
import { PreferencesContext } from '../preferences/preference-store';
import { ZoneDialog } from './ZoneDialog';
import { useZone, zoneStore } from './zone';

/** In which time zone all times are; it leads to the choice of another. */
export function ZoneButton() {
  const name = useZone();
  const preferences = use(PreferencesContext);
  const [open, setOpen] = useState(false);
  useCommand('Time zone of all times', () => setOpen(true));
  return (
    <>
      <button type="button" title="The time zone of every time on screen and in exports" onClick={() => setOpen(true)}>
        <Clock size={16} /> Times: {name}
      </button>
      {open && (
        <ZoneDialog
          onClose={() => setOpen(false)}
          onChoose={(choice) => {
            if (zoneStore.choose(choice)) void preferences.change({ timeZone: choice });
          }}
        />
      )}
    </>
  );
}
