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
  /** `finding`: the id of theirs, where they are flagged. */
  observed: Omit<TimelineUser, 'overlapCount'> & Partial<TimelineUser> & { finding?: string | null };
}

/** The answer about one user: the condition in words, and the sessions it was decided by. */
export function WhyNotAnswer({ client, parameters, observed }: Props) {
  const { user, DstUserName, finding = null } = observed;
  const ask = useCallback(
    async (signal: AbortSignal) => {
      const why = await client.call('user.why-not', { user }, { signal });
      if (finding === null) return { why, overlaps: 0 };
      const { rows } = await client.call(
        'findings.page',
        { offset: 0, limit: 1, filter: { ids: [finding] } },
        { signal },
      );
      return { why, overlaps: rows[0]?.overlapCount ?? 0 };
    },
    [client, user, finding],
  );
  const { value: answer, problem } = useAnswer(ask);
  const overlapCount = observed.overlapCount ?? answer?.overlaps ?? 0;
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
        {answer &&
          whyNotInWords(answer.why, parameters).map((sentence) => (
            <p key={sentence}>
              <Value text={sentence} />
            </p>
          ))}
      </div>
      <UserTimeline client={client} finding={timelineUser} window={window} onWindowChange={setWindow} />
    </section>
  );
}
