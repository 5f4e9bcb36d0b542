import type { RuleRun, RuleStage } from './rules';

/** What became of the user that a run followed through its stages. */
type Followed =
  | { kind: 'lost'; stage: RuleStage }
  /** Some rows of the user are in what the last stages that name users keep. */
  | { kind: 'through' }
  /** No stage that names users has a row of the user. */
  | { kind: 'unseen' }
  /** No stage has a column that names users. */
  | { kind: 'unnamed' };

/** Reads it off the stages of a run that was told whom to follow; of one that was not it says `unnamed`. */
export function followedIn({ stages, userLostAt }: RuleRun): Followed {
  const stage = stages.find(({ id }) => id === userLostAt);
  if (stage) return { kind: 'lost', stage };
  const seen = stages.flatMap(({ sample }) => sample?.userRows ?? []);
  if (seen.length === 0) return { kind: 'unnamed' };
  return { kind: seen.some((rows) => rows.in > 0 || rows.out > 0) ? 'through' : 'unseen' };
}

/** What is said behind the name of a user who is not lost. */
export const FOLLOWED_WORDS = {
  through: 'comes through all stages.',
  unseen:
    'has no row in what the rule looks at. Check the spelling, and whether the user is in the period of the rule.',
  unnamed: 'cannot be followed: no stage has a column that names users.',
} as const;

/** How long a stage took, in words. */
export function stageTime(ms: number): string {
  return ms < 1 ? '< 1 ms' : `${Math.round(ms)} ms`;
}
