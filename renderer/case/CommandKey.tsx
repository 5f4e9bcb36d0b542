import { useCommand } from '../commands/command-store';

/** A key that does something, wherever no field has the focus, or only where what it changes has it (`elsewhere`); the list of commands and the help tell of it. */
export function CommandKey({
  name,
  press,
  run,
  elsewhere,
}: {
  name: string;
  press: string;
  run: () => void;
  elsewhere?: () => void;
}) {
  useCommand(name, run, { key: press, elsewhere });
  return null;
}
