import { useCallback, useMemo, useState } from 'react';
import type { Parameters } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import { ProblemWords } from '../ProblemWords';
import { Value } from '../Value';
import { UserTimeline } from '../timeline/UserTimeline';
import type { TimeWindow } from '../timeline/time-window';
import type { TimelineUser } from '../user/timeline-of';
import { useAnswer } from '../use-answer';
import css from './WhyNotDialog.module.css';
import { whyNotInWords } from './why-not-words';

interface Props {
  client: Client;
  parameters: Parameters;
  observed: Omit<TimelineUser, 'overlapCount'> & Partial<TimelineUser>;
}

/** The answer about one user: the condition in words, and the sessions it was decided by. */
export function WhyNotAnswer({ client, parameters, observed }: Props) {
  const { user, DstUserName, overlapCount = 0 } = observed;
  const ask = useCallback((signal: AbortSignal) => client.call('user.why-not', { user }, { signal }), [client, user]);
  const { value: why, problem } = useAnswer(ask);
  const [window, setWindow] = useState<TimeWindow>();
  const timelineUser = useMemo(() => ({ user, DstUserName, overlapCount }), [user, DstUserName, overlapCount]);
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
