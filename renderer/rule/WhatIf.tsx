import { Play, RotateCcw, TriangleAlert } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import type { Parameters } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import { useAnswer } from '../use-answer';
import { useDebounced } from '../use-debounced';
import { readTexts, textsOf } from '../parameters/parameter-texts';
import type { ParameterTexts } from '../parameters/parameter-texts';
import type { TimelineUser } from '../user/timeline-of';
import { AnswerState } from './AnswerState';
import { Knobs } from './Knobs';
import css from './WhatIf.module.css';
import { WhatIfUsers } from './WhatIfUsers';
import { confirmedInWords, differenceInWords } from './what-if-words';

interface Props {
  client: Client;
  /** Of the detection that stands. */
  parameters: Parameters;
  /** As moved so far; undefined: as in the detection that stands. */
  moved: ParameterTexts | undefined;
  onMove: (texts: ParameterTexts | undefined) => void;
  onUser: (user: TimelineUser, flagged: boolean) => void;
  onDetect: (parameters: Parameters) => void;
}

/** Moves the parameters of the intended rule and shows live who would be gained and lost; the findings stay as they are. */
export function WhatIf({ client, parameters, moved, onMove, onUser, onDetect }: Props) {
  const texts = moved ?? textsOf(parameters);
  const rested = useDebounced(moved, 200);
  const read = useMemo(() => (rested ? readTexts(rested) : undefined), [rested]);
  const wanted = read && 'parameters' in read ? read.parameters : undefined;
  const key = JSON.stringify(wanted);
  const other = wanted !== undefined && key !== JSON.stringify(parameters);
  const ask = useCallback(
    (signal: AbortSignal) => client.call('rule.what-if', { parameters: wanted ?? parameters }, { signal }),
    // `key` stands for `wanted`, which is another object after each key that is pressed
    // oxlint-disable-next-line react/exhaustive-deps
    [client, key, parameters],
  );
  const answer = useAnswer(other ? ask : undefined);
  const now = readTexts(texts);
  const different = JSON.stringify(texts) !== JSON.stringify(textsOf(parameters));
  const found = other ? answer.value : undefined;
  return (
    <section aria-labelledby="what-if" className={css.whatIf}>
      <h3 id="what-if">What other parameters of the intended rule would change</h3>
      <Knobs texts={texts} faults={'faults' in now ? now.faults : {}} onChange={onMove} />
      <div className={css.actions}>
        <button type="button" data-kind="main" disabled={!other || !wanted} onClick={() => wanted && onDetect(wanted)}>
          <Play size={16} /> Run the detection with these
        </button>
        <button type="button" disabled={!different} onClick={() => onMove(undefined)}>
          <RotateCcw size={16} /> Back to the present settings
        </button>
      </div>
      <div className={css.answer} aria-live="polite" aria-busy={answer.waiting}>
        {!other && <p className={css.quiet}>Move a parameter to see whom it would gain and lose.</p>}
        {other && <AnswerState answer={answer} waiting="Trying it out…" />}
        {found && (
          <>
            <p className={css.main}>{differenceInWords(found)}</p>
            {found.confirmed > 0 && (
              <p className={found.lostConfirmed.total > 0 ? css.warn : undefined}>
                {found.lostConfirmed.total > 0 && <TriangleAlert size={16} aria-hidden />} {confirmedInWords(found)}
              </p>
            )}
            <div className={css.sides}>
              <WhatIfUsers name="Lost" users={found.lost} onUser={(user) => onUser(user, true)} />
              <WhatIfUsers
                name="Gained"
                users={found.gained}
                onUser={(user) => onUser({ ...user, overlapCount: 0 }, false)}
              />
            </div>
          </>
        )}
      </div>
    </section>
  );
}
