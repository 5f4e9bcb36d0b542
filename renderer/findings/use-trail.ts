import { useCallback, useEffect, useRef, useState } from 'react';
import type { Finding } from '../../shared/domain';
import { useCommand } from '../commands/command-store';

/**
 * From a finding to one that is related to it, and back by the way that one came. Returns the way there; the way back is a
 * command. Whoever is arrived at gets the focus.
 */
export function useTrail(
  selected: Finding | undefined,
  select: (finding: Finding) => void,
  focus: () => void,
): (finding: Finding) => void {
  const [trail, setTrail] = useState<readonly Finding[]>([]);
  const arriving = useRef<string>(undefined);
  useEffect(() => {
    if (arriving.current === undefined || arriving.current !== selected?.id) return;
    arriving.current = undefined;
    focus();
  }, [selected, focus]);

  const go = useCallback(
    (finding: Finding) => {
      arriving.current = finding.id;
      select(finding);
    },
    [select],
  );
  const last = trail.at(-1);
  const back = (): void => {
    if (!last) return;
    setTrail(trail.slice(0, -1));
    go(last);
  };
  useCommand('Back to the user before', back, { key: 'h', available: last !== undefined });
  return useCallback(
    (finding: Finding) => {
      if (selected) setTrail((before) => [...before, selected]);
      go(finding);
    },
    [selected, go],
  );
}
