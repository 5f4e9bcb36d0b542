import { useCallback, useState } from 'react';
import { gainedAndLost } from '../../shared/compare-words';
import type { Params } from '../../shared/contract';
import type { Parameters } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import type { ReadingAgain } from '../../shared/rules';
import { Value } from '../Value';
import { countOf } from '../format-number';
import type { ParameterTexts } from '../parameters/parameter-texts';
import { useAnswer } from '../use-answer';
import type { TimelineUser } from '../user/timeline-of';
import { AnswerState } from './AnswerState';
import css from './CompareTab.module.css';
import { UserDialog } from './UserDialog';
import { WhatIf } from './WhatIf';

interface Props {
  client: Client;
  parameters: Parameters;
  moved: ParameterTexts | undefined;
  onMove: (texts: ParameterTexts | undefined) => void;
  /** The text at the left, where it is not the published one. */
  other: Params<'rule.compare'>['other'];
  /** Shows a flagged user in the queue. */
  onQueue: (user: string) => void;
  onDetect: (parameters: Parameters) => void;
}

/** The published rule, with kind=inner, and the intended one over the open log: who is found by which, and why they differ. */
export function CompareTab({ client, parameters, moved, other, onMove, onQueue, onDetect }: Props) {
  const ask = useCallback(
    (signal: AbortSignal) => client.call('rule.compare', {}, { signal }),
    // the answer is about the detection that stands, which has these parameters
    // oxlint-disable-next-line react/exhaustive-deps
    [client, parameters],
  );
  const askOther = useCallback(
    (signal: AbortSignal, onProgress: (reading: ReadingAgain) => void) =>
      client.call('rule.compare', { other }, { signal, onProgress }),
    // oxlint-disable-next-line react/exhaustive-deps
    [client, parameters, other],
  );
  // a text that is slow to replay does not hold up the rest
  const answer = useAnswer(ask);
  const answerOther = useAnswer(other && answer.value ? askOther : undefined);
  const found = (other && answerOther.value) ?? answer.value;
  const [looked, setLooked] = useState<{ user: TimelineUser; flagged: boolean }>();
  const look = (user: TimelineUser, flagged: boolean): void => setLooked({ user, flagged });
  const mark = (yes: boolean): string => (yes ? 'found' : 'not found');
  return (
    <div className={css.compare}>
      <WhatIf {...{ client, parameters, moved, onMove, onDetect }} onUser={look} />
      <h3>Published and intended, over this log</h3>
      <AnswerState answer={answer} waiting="Comparing the rules over the whole log…" />
      <div className={css.other} aria-live="polite">
        {other && <AnswerState answer={answerOther} waiting="Replaying the text at the left over the whole log…" />}
      </div>
      {found && (
        <>
          <dl className={css.counts}>
            <dt>Published rule</dt>
            <dd>{countOf(found.published, 'user')}</dd>
            <dt>Published, with kind=inner</dt>
            <dd>{countOf(found.publishedInner, 'user')}</dd>
            <dt>Intended rule</dt>
            <dd>{countOf(found.intended, 'user')}</dd>
            {found.other !== null && (
              <>
                <dt>The text at the left</dt>
                <dd>{countOf(found.other, 'user')}</dd>
              </>
            )}
          </dl>
          {gainedAndLost(found).map((words) => (
            <p key={words}>{words}</p>
          ))}
          {found.differences.length === 0 ? (
            <p>All of them find the same users.</p>
          ) : (
            <table className={css.table}>
              <caption>Users that they do not agree on. Each opens the user’s timeline; Esc is back here.</caption>
              <thead>
                <tr>
                  <th scope="col">User</th>
                  <th scope="col">Published</th>
                  <th scope="col">kind=inner</th>
                  <th scope="col">Intended</th>
                  {found.other !== null && <th scope="col">At the left</th>}
                  <th scope="col">Why they differ</th>
                </tr>
              </thead>
              <tbody>
                {found.differences.slice(0, 500).map((each) => (
                  <tr key={each.user}>
                    <th scope="row">
                      <button
                        type="button"
                        data-kind="link"
                        onClick={() => look({ ...each, DstUserName: each.user }, each.intended)}
                      >
                        <Value text={each.user} />
                      </button>
                    </th>
                    <td>{mark(each.published)}</td>
                    <td>{mark(each.publishedInner)}</td>
                    <td>{mark(each.intended)}</td>
                    {each.other !== null && <td>{mark(each.other)}</td>}
                    <td className={css.why}>
                      <Value text={each.reason} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </>
      )}
      {looked && (
        <UserDialog
          client={client}
          parameters={parameters}
          user={looked.user}
          onQueue={looked.flagged ? () => onQueue(looked.user.DstUserName) : undefined}
          onClose={() => setLooked(undefined)}
        />
      )}
    </div>
  );
}
