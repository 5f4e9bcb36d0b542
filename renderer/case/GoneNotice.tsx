import { use, useCallback } from 'react';
import type { Client } from '../../shared/rpc';
import { CommandContext } from '../commands/command-store';
import { formatCount } from '../format-number';
import { useStore } from '../store';
import { useAnswer } from '../use-answer';
import { useDebounced } from '../use-debounced';
import css from './Gone.module.css';
import type { CaseStore } from './case-store';
import { GONE_COMMAND } from './gone-words';

/** Decisions come one after another; they are counted once they rest. */
const REST_MS = 300;

interface Props {
  client: Client;
  decisions: CaseStore;
  /** Grows with every run of the detection. */
  run: number;
}

/** That there are decisions about findings which the last run did not find, and how many; nothing where there are none. */
export function GoneNotice({ client, decisions: store, run }: Props) {
  const { decisions } = useStore(store);
  const commands = use(CommandContext);
  const rested = useDebounced(decisions, REST_MS);
  const ask = useCallback(
    async (signal: AbortSignal) => {
      await store.mirrored();
      return client.call('decisions.gone', { offset: 0, limit: 1 }, { signal });
    },
    // oxlint-disable-next-line react/exhaustive-deps -- another run or other decisions make another answer
    [client, store, run, rested],
  );
  const total = useAnswer(rested.size > 0 ? ask : undefined).value?.total ?? 0;
  if (total === 0) return null;
  return (
    <span className={css.notice}>
      {GONE_COMMAND}: {formatCount(total)}{' '}
      <button type="button" data-kind="link" onClick={() => commands.run(GONE_COMMAND)}>
        Show them
      </button>
    </span>
  );
}
