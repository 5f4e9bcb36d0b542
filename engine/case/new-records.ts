import * as v from 'valibot';
import type { Subject } from '../../shared/decisions';
import { DoppelError } from '../../shared/errors';
import { DecisionRecord, VERSION } from './record';
import { applyTo, latest, newSubject } from './state';
import type { Fields, State } from './state';

export type NewDecision = Pick<DecisionRecord, 'id' | 'finding' | 'set' | 'undoes'>;

interface Making {
  state: State;
  now: number;
  author: string;
  /** Whom the findings are about, by finding, where that is known. */
  subjects: Readonly<Record<string, Subject>>;
}

/** The records of new decisions, as they go into the journal. Throws `bad-params` or `verdict-needed`. */
export function newRecords(
  decisions: readonly NewDecision[],
  { state, now, author, subjects }: Making,
): DecisionRecord[] {
  const records = decisions.map(({ id, finding, set, undoes }): DecisionRecord => {
    const fields = state.get(finding);
    return {
      v: VERSION,
      id,
      batch: id,
      of: 1,
      // a clock that goes back must not make a new decision older than the one it replaces
      ts: Math.max(now, latest(fields) + 1),
      author,
      finding,
      set,
      ...newSubject(Object.hasOwn(subjects, finding) ? subjects[finding] : undefined, fields),
      ...(undoes !== undefined && { undoes }),
    };
  });
  for (const record of records) check(record, state);
  return records;
}

function check(record: DecisionRecord, state: State): void {
  // a record that could not be read back must not be acknowledged
  if (!v.safeParse(DecisionRecord, record).success) {
    throw new DoppelError(
      'bad-params',
      `The decision about ${record.finding} cannot be written: its time, author or text is out of bounds.`,
    );
  }
  const fields: Fields = new Map(state.get(record.finding));
  applyTo(fields, record);
  if (fields.get('status')?.value === 'closed' && (fields.get('verdict')?.value ?? null) === null) {
    throw new DoppelError(
      'verdict-needed',
      'A finding is closed with a verdict. Choose one, or reopen the finding first.',
    );
  }
}
