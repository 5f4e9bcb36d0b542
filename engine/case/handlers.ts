import type { Channel } from '../../shared/channel';
import { caseMethods } from '../../shared/decisions';
import type { CaseState, Decided } from '../../shared/decisions';
import { DoppelError, messageOf } from '../../shared/errors';
import { serve } from '../../shared/rpc';
import type { Emitter, HandlersOf } from '../../shared/rpc';
import { RECORDS_AT_ONCE } from '../../shared/handed-over';
import { fitting } from '../../shared/state-pieces';
import type { Case } from './case';
import { CaseKeeper } from './keeper';
import type { KeeperOptions } from './keeper';

/** A snapshot waits until nothing has been changed for so long: a change of 100,000 findings comes in 50 parts. */
const SNAPSHOT_REST_MS = 5000;

/** Reaches every page but the one that did something. */
type TellOthers = Emitter['emit'];

/** The case process's side of the contract, for any number of pages. `open` opens a case that the shell has named. */
export function serveCase(options: KeeperOptions): {
  attach: (channel: Channel) => void;
  open: (folder: string) => Promise<void>;
  announce: () => void;
  close: () => Promise<void>;
} {
  const keeper = new CaseKeeper(options);
  const pages = new Set<Emitter>();
  return {
    attach: (channel) => {
      const tellOthers: TellOthers = (name, data) => {
        for (const other of pages) if (other !== page) other.emit(name, data);
      };
      const page = serve(channel, handlersOf(keeper, tellOthers), caseMethods);
      pages.add(page);
      channel.onClose(() => pages.delete(page));
    },
    open: async (folder) => {
      try {
        const state = await keeper.change(() => folder);
        for (const page of pages) page.emit('case.opened', state);
      } catch (error) {
        for (const page of pages) page.emit('case.refused', { problem: messageOf(error) });
      }
    },
    announce: () => keeper.announce(),
    close: () => keeper.close(),
  };
}

function handlersOf(keeper: CaseKeeper, tellOthers: TellOthers): HandlersOf<typeof caseMethods> {
  let resting: NodeJS.Timeout | undefined;
  const changing = async <T>(change: (store: Case) => T): Promise<T> => {
    const store = await keeper.opened();
    const result = change(store);
    clearTimeout(resting);
    resting = setTimeout(() => store.snapshotIfDue(), SNAPSHOT_REST_MS).unref();
    return result;
  };
  /** `meant`: the case that whoever asks for the change sees. */
  const changingMeant = <T>(meant: string | undefined, change: (store: Case) => T): Promise<T> =>
    changing((store) => {
      if (meant !== undefined && meant !== store.info().id) {
        throw new DoppelError(
          'other-case',
          'Another case has been opened meanwhile. Look which one, and decide again.',
        );
      }
      return change(store);
    });
  const deciding = (meant: string | undefined, change: (store: Case) => Decided): Promise<Decided> =>
    changingMeant(meant, (store) => {
      const decided = change(store);
      tellOfStates(decided, tellOthers);
      return decided;
    });
  const told = (state: CaseState): CaseState => {
    tellOthers('case.opened', state);
    return state;
  };
  return {
    'case.state': () => keeper.state(),
    'cases.list': () => keeper.list(),
    'cases.open': async ({ id }) => told(await keeper.openKnown(id)),
    'cases.make': async ({ name }) => told(await keeper.make(name)),
    'case.pseudonyms': () => changing((store) => ({ key: store.pseudonymKey() })),
    'case.draft': ({ case: meant, ...draft }) =>
      changingMeant(meant, (store) => {
        store.setDraft(draft);
        tellOthers('case.drafted', draft);
        return null;
      }),
    'decisions.make': ({ findings, change, case: meant, ...making }) =>
      deciding(meant, (store) => store.make(findings, change, making)),
    'decisions.undo': ({ batch, author, case: meant }) => deciding(meant, (store) => store.undo(batch, author)),
    'decisions.page': async ({ cursor, limit }) => (await keeper.opened()).page(cursor, limit),
    'decisions.records': async ({ cursor }) => (await keeper.opened()).records(cursor, RECORDS_AT_ONCE),
    'decisions.take': ({ records, look = false, case: meant }) =>
      changingMeant(meant, (store) => {
        if (look) return { taken: store.missing(records.map(({ id }) => id)), states: [] };
        const took = store.take(records);
        tellOfStates(took, tellOthers);
        return took;
      }),
    'decisions.get': async ({ findings }) => (await keeper.opened()).states(findings),
    'activity.page': async ({ finding, offset, limit }) => (await keeper.opened()).activity(finding, offset, limit),
  };
}

function tellOfStates({ states }: Pick<Decided, 'states'>, tellOthers: TellOthers): void {
  for (let at = 0; at < states.length;) {
    const count = fitting(states, at);
    tellOthers('decisions.changed', { states: states.slice(at, at + count) });
    at += count;
  }
}
