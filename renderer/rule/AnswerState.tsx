import { X } from 'lucide-react';
import type { ReadingAgain } from '../../shared/rules';
import { ProblemWords } from '../ProblemWords';
import type { Answer } from '../use-answer';
import css from './AnswerState.module.css';
import { ReadingWords } from './ReadingWords';

interface Props {
  answer: Answer<unknown, ReadingAgain>;
  waiting: string;
}

/** What there is to say before an answer: that it is on its way, how far, and how to stop it; or why there is none. */
export function AnswerState({ answer, waiting }: Props) {
  const { progress, problem } = answer;
  const isFirst = answer.waiting && !answer.value && !problem;
  return (
    <>
      {(isFirst || progress) && (
        <div className={css.state}>
          {progress ? <ReadingWords reading={progress} /> : <output>{waiting}</output>}
          <button type="button" onClick={answer.cancel}>
            <X size={14} /> Cancel
          </button>
        </div>
      )}
      {answer.cancelled && (
        <div className={css.state}>
          <output>Cancelled.</output>
          <button type="button" onClick={answer.askAgain}>
            Start again
          </button>
        </div>
      )}
      {problem && (
        <p role="alert">
          <ProblemWords problem={problem} />
        </p>
      )}
    </>
  );
}
