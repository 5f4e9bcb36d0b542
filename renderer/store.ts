import { useSyncExternalStore } from 'react';

/** State outside React: a small class changes it, components subscribe. The state is replaced, never mutated. */
export class Store<State extends object> {
  #state: State;
  readonly #listeners = new Set<() => void>();

  constructor(initial: State) {
    this.#state = initial;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly snapshot = (): State => this.#state;

  get state(): State {
    return this.#state;
  }

  protected patch(change: Partial<State>): void {
    this.become({ ...this.#state, ...change });
  }

  /** Another state altogether, for one with keys that come and go. */
  protected become(state: State): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** The state of a store; renders again when it changes. */
export function useStore<State extends object>(store: Store<State>): State {
  return useSyncExternalStore(store.subscribe, store.snapshot);
}
