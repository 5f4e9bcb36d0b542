import { ProblemWords } from '../ProblemWords';
import type { Answer } from '../use-answer';

/** What there is to say before an answer: that it is on its way, or why there is none. */
export function AnswerState({ answer, waiting }: { answer: Answer<unknown>; waiting: string }) {
  return (
    <>
      {answer.waiting && !answer.value && !answer.problem && <output>{waiting}</output>}
      {answer.problem && (
        <p role="alert">
          <ProblemWords problem={answer.problem} />
        </p>
      )}
    </>
  );
}
