import { useEffect, useMemo, useState } from 'react';
import type { Parameters } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import type { ObservedUser, WhyNot } from '../../shared/why-not';
import { Value } from '../Value';
import { problemOf } from '../problem';
import type { Problem } from '../problem';
import { UserTimeline } from '../timeline/UserTimeline';
import type { TimeWindow } from '../timeline/time-window';
import css from './WhyNotDialog.module.css';
import { whyNotInWords } from './why-not-words';

interface Props {
  client: Client;
  parameters: Parameters;
  observed: ObservedUser;
}

/** The answer about one user: the condition in words, and the sessions it was decided by. */
export function WhyNotAnswer({ client, parameters, observed: { user, DstUserName } }: Props) {
  const [why, setWhy] = useState<WhyNot>();
  const [problem, setProblem] = useState<Problem>();
  const [window, setWindow] = useState<TimeWindow>();
  const timelineUser = useMemo(() => ({ user, DstUserName, overlapCount: 0 }), [user, DstUserName]);
  useEffect(() => {
    let current = true;
    client.call('user.why-not', { user }).then(
      (answer) => {
        if (current) setWhy(answer);
      },
      (error: unknown) => {
        if (current) setProblem(problemOf(error));
      },
    );
    return () => {
      current = false;
    };
  }, [client, user]);
  return (
    <section aria-label="Why not flagged">
      <div className={css.words} aria-live="polite">
        {problem && (
          <p role="alert">
            {problem.title} <Value text={problem.message} />
          </p>
        )}
        {why &&
          whyNotInWords(why, parameters).map((sentence) => (
            <p key={sentence}>
              <Value text={sentence} />
            </p>
          ))}
      </div>
      <UserTimeline client={client} finding={timelineUser} window={window} onWindowChange={setWindow} />
    </section>
  );
}
