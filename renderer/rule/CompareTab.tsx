import { useCallback } from 'react';
import type { Parameters } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import { Value } from '../Value';
import { countOf } from '../format-number';
import type { ParameterTexts } from '../parameters/parameter-texts';
import { useAnswer } from '../use-answer';
import { AnswerState } from './AnswerState';
import css from './CompareTab.module.css';
import { WhatIf } from './WhatIf';

interface Props {
  client: Client;
  parameters: Parameters;
  moved: ParameterTexts | undefined;
  onMove: (texts: ParameterTexts | undefined) => void;
  /** Opens the user's timeline; `flagged` says where it is found. */
  onUser: (user: string, flagged: boolean) => void;
  onDetect: (parameters: Parameters) => void;
}

/** The published rule, with kind=inner, and the intended one over the open log: who is found by which, and why they differ. */
export function CompareTab({ client, parameters, moved, onMove, onUser, onDetect }: Props) {
  const ask = useCallback(
    (signal: AbortSignal) => client.call('rule.compare', {}, { signal }),
    // the answer is about the detection that stands, which has these parameters
    // oxlint-disable-next-line react/exhaustive-deps
    [client, parameters],
  );
  const answer = useAnswer(ask);
  const found = answer.value;
  const mark = (yes: boolean): string => (yes ? 'found' : 'not found');
  return (
    <div className={css.compare}>
      <WhatIf {...{ client, parameters, moved, onMove, onUser, onDetect }} />
      <h3>Published and intended, over this log</h3>
      <AnswerState answer={answer} waiting="Comparing the rules over the whole log…" />
      {found && (
        <>
          <dl className={css.counts}>
            <dt>Published rule</dt>
            <dd>{countOf(found.published, 'user')}</dd>
            <dt>Published, with kind=inner</dt>
            <dd>{countOf(found.publishedInner, 'user')}</dd>
            <dt>Intended rule</dt>
            <dd>{countOf(found.intended, 'user')}</dd>
          </dl>
          {found.differences.length === 0 ? (
            <p>All three find the same users.</p>
          ) : (
            <table className={css.table}>
              <caption>Users that not all three agree on</caption>
              <thead>
                <tr>
                  <th scope="col">User</th>
                  <th scope="col">Published</th>
                  <th scope="col">kind=inner</th>
                  <th scope="col">Intended</th>
                  <th scope="col">Why they differ</th>
                </tr>
              </thead>
              <tbody>
                {found.differences.slice(0, 500).map((each) => (
                  <tr key={each.user}>
                    <th scope="row">
                      <button type="button" data-kind="link" onClick={() => onUser(each.user, each.intended)}>
                        <Value text={each.user} />
                      </button>
                    </th>
                    <td>{mark(each.published)}</td>
                    <td>{mark(each.publishedInner)}</td>
                    <td>{mark(each.intended)}</td>
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
    </div>
  );
}
