import { useCallback, useMemo, useState } from 'react';
import type { Parameters } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import type { ObservedUser } from '../../shared/why-not';
import { ProblemWords } from '../ProblemWords';
import { Value } from '../Value';
import { UserTimeline } from '../timeline/UserTimeline';
import type { TimeWindow } from '../timeline/time-window';
import { useAnswer } from '../use-answer';
import css from './WhyNotDialog.module.css';
import { whyNotInWords } from './why-not-words';

interface Props {
  client: Client;
  parameters: Parameters;
  observed: ObservedUser;
}

/** The answer about one user: the condition in words, and the sessions it was decided by. */
export function WhyNotAnswer({ client, parameters, observed: { user, DstUserName } }: Props) {
  const ask = useCallback((signal: AbortSignal) => client.call('user.why-not', { user }, { signal }), [client, user]);
  const { value: why, problem } = useAnswer(ask);
  const [window, setWindow] = useState<TimeWindow>();
  const timelineUser = useMemo(() => ({ user, DstUserName, overlapCount: 0 }), [user, DstUserName]);
  return (
    <section aria-label="Why not flagged">
      <div className={css.words} aria-live="polite">
        {problem && (
          <p role="alert">
            <ProblemWords problem={problem} />
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
