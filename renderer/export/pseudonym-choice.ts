import { Pseudonyms } from '../../shared/pseudonyms';
import type { CaseStore } from '../case/case-store';
import { Store } from '../store';

/** Whether names leave the page as pseudonyms. One for the page: exports, reports and pictures obey it, until it is left. */
class PseudonymChoice extends Store<{ on: boolean }> {
  constructor() {
    super({ on: false });
  }

  set(on: boolean): void {
    this.patch({ on });
  }
}

export const pseudonymChoice = new PseudonymChoice();

/** Names for an export where that was chosen, by the key of the case. Rejects while the case is away. */
export async function chosenNames(store: CaseStore): Promise<{ key: string; names: Pseudonyms } | undefined> {
  if (!pseudonymChoice.state.on) return undefined;
  const { key } = await store.client.call('case.pseudonyms', {});
  return { key, names: await Pseudonyms.of(key) };
}
