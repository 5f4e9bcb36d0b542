import { BriefcaseBusiness, Lock } from 'lucide-react';
import { useState } from 'react';
import { visibleText } from '../../shared/visible-text';
import { Value } from '../Value';
import { useCommand } from '../commands/command-store';
import type { Native } from '../native';
import { useStore } from '../store';
import { CasesDialog } from './CasesDialog';
import type { CaseStore } from './case-store';

/** Which case is open, in the header; it leads to the others. Nothing where the shell keeps no case. */
export function CaseButton({ decisions, native }: { decisions: CaseStore; native: Native }) {
  const { info, problem } = useStore(decisions);
  const [open, setOpen] = useState(false);
  const hasCases = info !== undefined || problem !== undefined;
  useCommand('Cases: open another one or make one', () => setOpen(true), { available: hasCases });
  if (!hasCases) return null;
  const Icon = info?.readOnly === null ? BriefcaseBusiness : Lock;
  return (
    <>
      <button type="button" title={info && visibleText(info.folder)} onClick={() => setOpen(true)}>
        <Icon size={16} />{' '}
        {info ? (
          <>
            Case: <Value text={info.name} /> {info.readOnly !== null && '(read only)'}
          </>
        ) : (
          'Choose a case'
        )}
      </button>
      {open && <CasesDialog decisions={decisions} native={native} onClose={() => setOpen(false)} />}
    </>
  );
}
