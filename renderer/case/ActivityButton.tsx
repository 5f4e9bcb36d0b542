import { History } from 'lucide-react';
import { useState } from 'react';
import { useCommand } from '../commands/command-store';
import { useStore } from '../store';
import { ActivityDialog } from './ActivityDialog';
import type { CaseStore } from './case-store';

/** Leads to the activity of the whole case, from the header. Nothing while no case is open. */
export function ActivityButton({ decisions }: { decisions: CaseStore }) {
  const { info } = useStore(decisions);
  const [open, setOpen] = useState(false);
  useCommand('Activity: who decided what, in the whole case', () => setOpen(true), { available: info !== undefined });
  if (!info) return null;
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        <History size={16} /> Activity
      </button>
      {open && <ActivityDialog decisions={decisions} onClose={() => setOpen(false)} />}
    </>
  );
}
