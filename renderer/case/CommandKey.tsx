import { useCommand } from '../commands/command-store';

/** A key that does something, wherever no field has the focus; the list of commands and the help tell of it. */
export function CommandKey({ name, press, run }: { name: string; press: string; run: () => void }) {
  useCommand(name, run, { key: press });
  return null;
}
