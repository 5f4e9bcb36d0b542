import { createContext, useContext, useEffect, useRef } from 'react';
import { Store } from '../store';

/** Something that can be done now: by its button, by its key where it has one, and from the list of commands. */
export interface Command {
  /** What it does, as on its button. */
  name: string;
  /** One key, as `KeyboardEvent.key` names it. It works wherever no field, menu or dialog has the focus. */
  key?: string;
  /** It changes what has the focus: its key works in the views that are marked `data-decides`, elsewhere it calls this. */
  elsewhere?: (() => void) | undefined;
}

/** What takes letters, or the choice among several things, for itself. */
const TAKES_KEYS =
  'input:not([type="checkbox"], [type="radio"]), select, textarea, [contenteditable], dialog, [role="menu"], [role="listbox"]';

interface Registered extends Command {
  run: () => void;
}

/** What can be done now. The views that are on screen register their commands; the last one of a name counts. */
export class CommandStore extends Store<{ commands: readonly Registered[] }> {
  #all: readonly Registered[] = [];

  constructor() {
    super({ commands: [] });
  }

  /** Adds a command; the function that comes back takes it away, and one of its name that was there before counts again. */
  add(command: Registered): () => void {
    this.#become([...this.#all, command]);
    return () => this.#become(this.#all.filter((each) => each !== command));
  }

  #become(all: readonly Registered[]): void {
    this.#all = all;
    this.patch({ commands: [...new Map(all.map((command) => [command.name, command])).values()] });
  }

  run(name: string): void {
    this.state.commands.find((each) => each.name === name)?.run();
  }

  /** Runs the command of a key that was pressed; false where there is none, or the key is meant for what has the focus. */
  press({ key, target, ctrlKey, metaKey, altKey, defaultPrevented }: KeyboardEvent): boolean {
    if (defaultPrevented || ctrlKey || metaKey || altKey) return false;
    const element = target instanceof HTMLElement ? target : undefined;
    if (element?.closest(TAKES_KEYS)) return false;
    const command = this.state.commands.find((each) => each.key === key);
    if (command?.elsewhere && !element?.closest('[data-decides]')) command.elsewhere();
    else command?.run();
    return command !== undefined;
  }
}

export const CommandContext = createContext(new CommandStore());

/** Offers a command while the view that calls this is on screen and `available`. */
export function useCommand(
  name: string,
  run: () => void,
  {
    key,
    available = true,
    elsewhere,
  }: { key?: string; available?: boolean; elsewhere?: (() => void) | undefined } = {},
): void {
  const store = useContext(CommandContext);
  const latest = useRef({ run, elsewhere });
  const bound = elsewhere !== undefined;
  useEffect(() => {
    latest.current = { run, elsewhere };
  }, [run, elsewhere]);
  useEffect(() => {
    if (!available) return undefined;
    return store.add({
      name,
      ...(key !== undefined && { key }),
      ...(bound && { elsewhere: () => latest.current.elsewhere?.() }),
      run: () => latest.current.run(),
    });
  }, [store, name, key, available, bound]);
}
