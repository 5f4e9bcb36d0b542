import { use, useEffect, useState } from 'react';
import type { Parameters } from '../../shared/domain';
import { isCancelled } from '../../shared/errors';
import type { Client } from '../../shared/rpc';
import type { ObservedUser } from '../../shared/why-not';
import { Dialog } from '../Dialog';
import { ProblemWords } from '../ProblemWords';
import { Value } from '../Value';
import { countOf, formatCount } from '../format-number';
import { OpenLogContext } from '../open-log';
import { problemOf } from '../problem';
import type { Problem } from '../problem';
import { WhyNotAnswer } from './WhyNotAnswer';
import css from './WhyNotDialog.module.css';

interface Props {
  client: Client;
  parameters: Parameters;
  /** The user to look for first; empty for all. */
  user: string;
  onClose: () => void;
}

/** As many users as a person reads through; the search finds the others. */
const MOST_USERS = 200;

/** Any user of the log, flagged or not: what decided it, and their sessions. */
export function WhyNotDialog({ client, parameters, user, onClose }: Props) {
  const [text, setText] = useState(user);
  const [found, setFound] = useState<{ total: number; rows: ObservedUser[] }>();
  const [problem, setProblem] = useState<Problem>();
  const [chosen, setChosen] = useState<ObservedUser>();
  const { isHandover } = use(OpenLogContext);
  useEffect(() => {
    const abort = new AbortController();
    const wanted = text.trim();
    client
      .call(
        'users.page',
        { offset: 0, limit: MOST_USERS, ...(wanted === '' ? {} : { text: wanted }) },
        { signal: abort.signal },
      )
      .then(
        (page) => {
          setFound(page);
          setProblem(undefined);
        },
        (error: unknown) => {
          if (!abort.signal.aborted && !isCancelled(error)) setProblem(problemOf(error));
        },
      );
    return () => abort.abort();
  }, [client, text]);
  return (
    <Dialog title="Why is a user not flagged?" onClose={onClose}>
      <div className={css.view}>
        <div className={css.side}>
          <input
            type="search"
            data-focus-first
            aria-label="Find a user"
            placeholder="User or source IP"
            maxLength={500}
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <output className={css.count}>{found && countInWords(found.total)}</output>
          {isHandover && (
            <p>
              This is a hand-over without its log: it holds flagged users only. Attach the log to ask about anybody
              else.
            </p>
          )}
          {problem && (
            <p role="alert">
              <ProblemWords problem={problem} />
            </p>
          )}
          <ul className={css.users} aria-label="Users">
            {found?.rows.map((user) => (
              <li key={user.user}>
                <button type="button" aria-pressed={chosen?.user === user.user} onClick={() => setChosen(user)}>
                  <span className={css.name}>
                    <Value text={user.DstUserName} />
                  </span>
                  <span className={css.places}>
                    {user.finding !== null && 'flagged, '}
                    {countOf(user.distinctIps, 'IP')}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </div>
        <div className={css.answer}>
          {chosen ? (
            <WhyNotAnswer key={chosen.user} client={client} parameters={parameters} observed={chosen} />
          ) : (
            <p className={css.hint}>
              Choose a user to see what kept them from being flagged, or why they are, and where they were when.
            </p>
          )}
        </div>
      </div>
    </Dialog>
  );
}

function countInWords(total: number): string {
  if (total === 0) return 'No user matches.';
  const all = countOf(total, 'user');
  return total > MOST_USERS ? `${all}; the first ${formatCount(MOST_USERS)} are listed` : all;
}
