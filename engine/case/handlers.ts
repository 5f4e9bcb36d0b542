import type { Channel } from '../../shared/channel';
import { caseMethods } from '../../shared/decisions';
import type { Decided } from '../../shared/decisions';
import { serve } from '../../shared/rpc';
import type { Emitter, HandlersOf } from '../../shared/rpc';
import { fitting } from '../../shared/state-pieces';
import { Case } from './case';
import { osUser } from './os-user';

/** Reaches every page but the one that did something. */
type TellOthers = Emitter['emit'];

/**
 * The case process's side of the contract, for any number of pages. The case is opened by the first call; one that cannot
 * be opened answers every call with the reason, and is tried again by the next. `close` lets go of it.
 */
export function serveCase(folder: string): { attach: (channel: Channel) => void; close: () => Promise<void> } {
  let opening: Promise<Case> | undefined;
  const opened = async (): Promise<Case> => {
    opening ??= Case.open(folder, { author: osUser() });
    try {
      return await opening;
    } catch (error) {
      opening = undefined;
      throw error;
    }
  };
  const pages = new Set<Emitter>();
  return {
    attach: (channel) => {
      const tellOthers: TellOthers = (name, data) => {
        for (const other of pages) if (other !== page) other.emit(name, data);
      };
      const page = serve(channel, handlersOf(opened, tellOthers), caseMethods);
      pages.add(page);
      channel.onClose(() => pages.delete(page));
    },
    close: async () => {
      const store = await opening?.catch(() => undefined); // one that was never open needs no closing
      await store?.close();
    },
  };
}

function handlersOf(opened: () => Promise<Case>, tellOthers: TellOthers): HandlersOf<typeof caseMethods> {
  /** A snapshot waits until the answer is on its way. */
  const changing = async <T>(change: (store: Case) => T): Promise<T> => {
    const store = await opened();
    const result = change(store);
    setImmediate(() => store.snapshotIfDue());
    return result;
  };
  const deciding = (change: (store: Case) => Decided): Promise<Decided> =>
    changing((store) => {
      const decided = change(store);
      tellOfStates(decided, tellOthers);
      return decided;
    });
  return {
    'case.state': async () => (await opened()).info(),
    'case.evidence': ({ inputs }) => changing((store) => store.setEvidence(inputs)),
    'case.draft': (draft) =>
      changing((store) => {
        store.setDraft(draft);
        tellOthers('case.drafted', draft);
        return null;
      }),
    'decisions.make': ({ findings, change, ...making }) => deciding((store) => store.make(findings, change, making)),
    'decisions.undo': ({ batch, author }) => deciding((store) => store.undo(batch, author)),
    'decisions.page': async ({ cursor, limit }) => (await opened()).page(cursor, limit),
    'decisions.get': async ({ findings }) => (await opened()).states(findings),
    'activity.page': async ({ finding, offset, limit }) => (await opened()).activity(finding, offset, limit),
  };
}

function tellOfStates({ states }: Decided, tellOthers: TellOthers): void {
  for (let at = 0; at < states.length;) {
    const count = fitting(states, at);
    tellOthers('decisions.changed', { states: states.slice(at, at + count) });
    at += count;
  }
}
