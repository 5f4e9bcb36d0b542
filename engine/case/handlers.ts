import { userInfo } from 'node:os';
import type { caseMethods } from '../../shared/decisions';
import type { HandlersOf } from '../../shared/rpc';
import { Case } from './case';

/**
 * The case process's side of the contract. The case is opened by the first call; one that cannot be opened answers every
 * call with the reason, and is tried again by the next. `close` lets go of it.
 */
export function createCaseHandlers(folder: string): {
  handlers: HandlersOf<typeof caseMethods>;
  close: () => Promise<void>;
} {
  let opening: Promise<Case> | undefined;
  const opened = async (): Promise<Case> => {
    opening ??= Case.open(folder, { author: userInfo().username });
    try {
      return await opening;
    } catch (error) {
      opening = undefined;
      throw error;
    }
  };
  /** A snapshot waits until the answer is on its way. */
  const changing = async <T>(change: (store: Case) => T): Promise<T> => {
    const store = await opened();
    const result = change(store);
    setImmediate(() => store.snapshotIfDue());
    return result;
  };
  return {
    handlers: {
      'case.state': async () => (await opened()).info(),
      'case.evidence': ({ inputs }) => changing((store) => store.setEvidence(inputs)),
      'case.draft': (draft) => changing((store) => (store.setDraft(draft), null)),
      'decisions.make': ({ findings, change }) => changing((store) => store.make(findings, change)),
      'decisions.undo': ({ batch }) => changing((store) => store.undo(batch)),
      'decisions.page': async ({ cursor, limit }) => (await opened()).page(cursor, limit),
      'decisions.get': async ({ findings }) => (await opened()).states(findings),
      'activity.page': async ({ finding, offset, limit }) => (await opened()).activity(finding, offset, limit),
    },
    close: async () => {
      const store = await opening?.catch(() => undefined); // one that was never open needs no closing
      await store?.close();
    },
  };
}
