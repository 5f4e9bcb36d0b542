import { createContext, useContext, useEffect, useRef } from 'react';
import { Store } from '../store';

/** Something that can be done now: by its button, by its key where it has one, and from the list of commands. */
export interface Command {
  /** What it does, as on its button. */
  name: string;
  /** One key, as `KeyboardEvent.key` names it. It works wherever no field, menu or dialog has the focus. */
  key?: string;
}

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
    if (target instanceof HTMLElement && target.closest('input, select, textarea, [contenteditable], dialog'))
      return false;
    const command = this.state.commands.find((each) => each.key === key);
    command?.run();
    return command !== undefined;
  }
}

export const CommandContext = createContext(new CommandStore());

/** Offers a command while the view that calls this is on screen and `available`. */
export function useCommand(
  name: string,
  run: () => void,
  { key, available = true }: { key?: string; available?: boolean } = {},
): void {
  const store = useContext(CommandContext);
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  }, [run]);
  useEffect(() => {
    if (!available) return undefined;
    return store.add({ name, ...(key === undefined ? {} : { key }), run: () => latest.current() });
  }, [store, name, key, available]);
}
