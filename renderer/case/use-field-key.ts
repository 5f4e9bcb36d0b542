import { useRef } from 'react';
import type { RefObject } from 'react';
import { useCommand } from '../commands/command-store';

/** A key that goes to a field. The function that comes back leaves the field for where the key was pressed. */
export function useFieldKey(name: string, key: string, field: RefObject<HTMLElement | null>): () => void {
  const before = useRef<Element>(null);
  useCommand(
    name,
    () => {
      before.current = document.activeElement;
      field.current?.focus();
    },
    { key },
  );
  return () => {
    const back = before.current;
    before.current = null;
    if (back instanceof HTMLElement && back !== document.body && back.isConnected) back.focus();
    else field.current?.blur();
  };
}
