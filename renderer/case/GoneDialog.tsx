import { useCallback, useMemo, useState } from 'react';
import { CircleHelp } from 'lucide-react';
import type { Result } from '../../shared/contract';
import type { FindingState } from '../../shared/decisions';
import type { Client } from '../../shared/rpc';
import { visibleText } from '../../shared/visible-text';
import { Dialog } from '../Dialog';
import { Value } from '../Value';
import { useStore } from '../store';
import { PagedGrid } from '../timeline/tables/PagedGrid';
import type { Column } from '../timeline/tables/PagedGrid';
import { CasePanel } from './CasePanel';
import css from './Gone.module.css';
import type { CaseStore } from './case-store';
import { GONE_WORDS, ipsInWords } from './gone-words';

type Gone = Result<'decisions.gone'>['rows'][number];

interface Props {
  client: Client;
  decisions: CaseStore;
  /** The one that is looked at first. */
  finding: string | undefined;
  /** Asks why this user of the open log is not flagged. */
  onWhyNot: (user: string) => void;
  onClose: () => void;
}

const LATEST_FIRST = { by: 'time', descending: true };

/** What was decided about findings that the last run did not find. Nothing of it is lost, and it can still be added to. */
export function GoneDialog({ client, decisions: store, finding, onWhyNot, onClose }: Props) {
  const { decisions } = useStore(store);
  const [chosen, setChosen] = useState<Partial<Gone> | undefined>(finding === undefined ? undefined : { finding });
  const load = useCallback(
    async (offset: number, limit: number, signal: AbortSignal) => {
      await store.mirrored();
      return client.call('decisions.gone', { offset, limit }, { signal });
    },
    [client, store],
  );
  const columns = useMemo(() => columnsOf(decisions), [decisions]);
  const subject = chosen?.finding === undefined ? undefined : decisions.get(chosen.finding)?.subject;
  return (
    <Dialog title="Decisions without a finding in this run" wide onClose={onClose}>
      <p>
        They are kept, and are with their finding again as soon as a run finds it: with other parameters, or in another
        log.
      </p>
      <div className={css.view}>
        <div className={css.grid}>
          <PagedGrid
            label="Decisions without a finding"
            columns={columns}
            sort={LATEST_FIRST}
            onSort={() => undefined}
            load={load}
            onChoose={setChosen}
            onRest={setChosen}
            empty="Everything that was decided is about a finding of this run."
          />
        </div>
        <div className={css.chosen}>
          {chosen?.finding === undefined ? (
            <p className={css.hint}>Choose a line to see its notes and history.</p>
          ) : (
            <>
              <div className={css.head}>
                <h3>
                  <Value text={subject?.DstUserName ?? `finding ${chosen.finding}`} />
                </h3>
                {subject && <Value text={ipsInWords(subject)} />}
                {chosen.why && <p>{GONE_WORDS[chosen.why]}</p>}
                {chosen.why === 'not-flagged' && subject && (
                  <button type="button" onClick={() => onWhyNot(subject.DstUserName)}>
                    <CircleHelp size={16} /> Why not?
                  </button>
                )}
              </div>
              <CasePanel key={chosen.finding} store={store} finding={chosen.finding} writing={false} />
            </>
          )}
        </div>
      </div>
    </Dialog>
  );
}

function columnsOf(decisions: ReadonlyMap<string, FindingState>): Column<Gone, string>[] {
  const value = (text: string) => (
    <span title={visibleText(text)}>
      <Value text={text} />
    </span>
  );
  const of = (tell: (state: FindingState) => string) => (row: Gone) => {
    const state = decisions.get(row.finding);
    return state && value(tell(state));
  };
  return [
    {
      head: 'User',
      width: 150,
      grow: 1.4,
      cell: of(({ subject, finding }) => subject?.DstUserName ?? `finding ${finding}`),
    },
    { head: 'Source IPs', width: 120, grow: 1, cell: of(({ subject }) => (subject ? ipsInWords(subject) : '')) },
    { head: 'Status', width: 80, cell: of(({ status }) => status) },
    { head: 'Verdict', width: 100, grow: 0.7, cell: of(({ verdict }) => verdict ?? '') },
    {
      head: 'Notes',
      width: 50,
      numeric: true,
      cell: of(({ notes }) => (notes.length > 0 ? String(notes.length) : '')),
    },
    { head: 'Why it has no finding', width: 250, grow: 1, cell: ({ why }) => GONE_WORDS[why] },
  ];
}
