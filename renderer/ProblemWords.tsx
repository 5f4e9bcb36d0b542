import { Value } from './Value';
import type { Problem } from './problem';

/** What went wrong and what to do, in one run of text. The message may hold log values. */
export function ProblemWords({ problem }: { problem: Problem }) {
  return (
    <>
      {problem.title} <Value text={problem.message} />
    </>
  );
}
