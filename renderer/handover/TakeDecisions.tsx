import { useEffect, useState } from 'react';
import { messageOf } from '../../shared/errors';
import type { HandedOver, JournalRecord } from '../../shared/handed-over';
import type { Client } from '../../shared/rpc';
import { Dialog } from '../Dialog';
import { Value } from '../Value';
import type { CaseStore } from '../case/case-store';
import { countOf, formatCount } from '../format-number';
import { formatTime, wholeSecond } from '../format-time';
import { useStore } from '../store';
import css from './HandoverStrip.module.css';

interface Props {
  client: Client;
  decisions: CaseStore;
  handedOver: HandedOver;
}

const NAMED = 3;

/**
 * The decisions that came with a hand-over go into a case only when somebody says so: the file may come from a stranger.
 * Asked about once it is opened, and by its button afterwards.
 */
export function TakeDecisions({ client, decisions, handedOver }: Props) {
  const { info } = useStore(decisions);
  const [asking, setAsking] = useState(false);
  const [said, setSaid] = useState('');
  const [isDone, setDone] = useState(false);
  const { decisions: count, authors, by, at } = handedOver;
  const caseId = info?.id;
  useEffect(() => {
    if (caseId === undefined || count === 0) return;
    // those that are here already are not asked about; the first ones tell
    client
      .call('handover.records', { cursor: 0 })
      .then(({ records }) => decisions.take(records, true))
      .then(
        (missing) => setAsking(missing > 0),
        () => undefined, // the button is there
      );
  }, [client, decisions, caseId, count]);
  // what comes from this very case is in it
  if (!info || count === 0 || info.id === handedOver.case?.id) return null;
  const words = countOf(count, 'decision');

  const take = async (intoNew: boolean): Promise<void> => {
    setSaid('Taking them over…');
    try {
      if (intoNew) await decisions.makeCase(newName(handedOver));
      let taken = 0;
      for (let cursor: number | null = 0; cursor !== null;) {
        const page: { records: JournalRecord[]; next: number | null } = await client.call('handover.records', {
          cursor,
        });
        taken += await decisions.take(page.records);
        cursor = page.next;
      }
      const known = count - taken;
      setSaid(
        `${countOf(taken, 'decision')} taken over${known === 0 ? '' : `; ${formatCount(known)} were here already`}.`,
      );
      setAsking(false);
      setDone(true);
    } catch (error) {
      setSaid(`Not taken over. ${messageOf(error)}`);
    }
  };
  const people = authors.slice(0, NAMED).join(', ') + (authors.length > NAMED ? ' and others' : '');
  return (
    <>
      {!asking && said !== '' && <output>{said}</output>}
      {!isDone && (
        <button type="button" onClick={() => setAsking(true)}>
          Take over {words}
        </button>
      )}
      {asking && (
        <Dialog title="Decisions came with it" onClose={() => setAsking(false)}>
          <div className={css.take}>
            <p>
              This file holds {words}, made by <Value text={people} />. <Value text={by} /> handed it over,{' '}
              {formatTime(wholeSecond(at))}. Take what was decided into a case of yours? Author and time stay as they
              are, and what is decided later counts more.
            </p>
            <div className={css.actions}>
              <button
                type="button"
                data-kind="main"
                data-focus-first
                disabled={info.readOnly !== null}
                onClick={() => void take(false)}
              >
                Take over into the case <Value text={info.name} />
              </button>
              <button type="button" onClick={() => void take(true)}>
                Make a new case <Value text={newName(handedOver)} />
              </button>
              <button type="button" onClick={() => setAsking(false)}>
                Not now
              </button>
            </div>
            <output>{said}</output>
          </div>
        </Dialog>
      )}
    </>
  );
}

/** Such as `Default from ann, 2026-03-02 0915`: what a folder may be called. */
function newName({ case: from, by, at }: HandedOver): string {
  const clean = (text: string): string =>
    text
      .replaceAll(/[^\p{L}\p{N} _-]+/gu, ' ')
      .trim()
      .slice(0, 35);
  const [day = '', clock = ''] = new Date(at).toISOString().split('T');
  return `${clean(from?.name ?? 'Case')} from ${clean(by)}, ${day} ${clock.slice(0, 5).replace(':', '')}`;
}
