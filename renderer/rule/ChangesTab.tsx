import { useCallback, useState } from 'react';
import type { Parameters } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import { useAnswer } from '../use-answer';
import { AnswerState } from './AnswerState';
import { LineDiff } from './LineDiff';

const PAIRS = {
  corrected: ['the published rule', 'the corrected rule'],
  edited: ['the rule as it was opened', 'the text at the left'],
  published: ['the published rule', 'the text at the left'],
} as const;
type Pair = keyof typeof PAIRS;

interface Props {
  client: Client;
  parameters: Parameters;
  /** The query of the rule that was opened, and the text at the left, which may have been edited since. */
  opened: string;
  text: string;
  published: string;
}

/** What differs between two texts of the rule, line by line. */
export function ChangesTab({ client, parameters, opened, text, published }: Props) {
  const [pair, setPair] = useState<Pair>(text === opened ? 'corrected' : 'edited');
  const ask = useCallback(
    (signal: AbortSignal) => client.call('rule.export', { format: 'kql', parameters }, { signal }),
    [client, parameters],
  );
  const corrected = useAnswer(pair === 'corrected' ? ask : undefined);
  const before = pair === 'edited' ? opened : published;
  const after = pair === 'corrected' ? corrected.value?.text : text;
  return (
    <div>
      <p>
        <label>
          Compare{' '}
          <select
            value={pair}
            onChange={({ target }) =>
              setPair(target.value === 'edited' ? 'edited' : target.value === 'published' ? 'published' : 'corrected')
            }
          >
            {(['corrected', 'edited', 'published'] as const).map((each) => (
              <option key={each} value={each}>
                {PAIRS[each].join(' with ')}
              </option>
            ))}
          </select>
        </label>
      </p>
      {pair === 'corrected' && (
        <>
          <p>docs/rule.md says of each defect of the published rule why the corrected one is another.</p>
          <AnswerState answer={corrected} waiting="Writing the rule…" />
        </>
      )}
      {after !== undefined && <LineDiff before={before} after={after} names={PAIRS[pair]} />}
    </div>
  );
}
