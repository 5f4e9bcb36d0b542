import { Download } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { Parameters } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import { CopyButton } from '../CopyButton';
import { saveBlob } from '../export/save-blob';
import { AnswerState } from './AnswerState';
import { Scrollable } from './Scrollable';
import css from './CorrectedTab.module.css';
import { useAnswer } from '../use-answer';

const FORMATS = { 'sentinel-yaml': 'Analytic rule (YAML)', kql: 'KQL alone' } as const;
type Format = keyof typeof FORMATS;

/** The corrected rule for Microsoft Sentinel, with the parameters of the detection that is shown. */
export function CorrectedTab({ client, parameters }: { client: Client; parameters: Parameters }) {
  const [format, setFormat] = useState<Format>('sentinel-yaml');
  const ask = useCallback(
    (signal: AbortSignal) => client.call('rule.export', { format, parameters }, { signal }),
    [client, format, parameters],
  );
  const answer = useAnswer(ask);
  const rule = answer.value;
  return (
    <div className={css.corrected}>
      <p>
        Finds in Sentinel what Doppel finds here, with the detection settings that are in force. docs/rule.md names each
        defect of the published rule that it corrects.
      </p>
      <div className={css.actions}>
        {(['sentinel-yaml', 'kql'] as const).map((each) => (
          <button key={each} type="button" aria-pressed={format === each} onClick={() => setFormat(each)}>
            {FORMATS[each]}
          </button>
        ))}
        <button
          type="button"
          data-kind="main"
          disabled={!rule || answer.waiting}
          onClick={() => rule && saveBlob(new Blob([rule.text], { type: 'text/plain' }), rule.name)}
        >
          <Download size={16} /> Save {rule?.name ?? 'the rule'}
        </button>
        {rule && <CopyButton key={rule.text} text={rule.text} what="the text" />}
      </div>
      <AnswerState answer={answer} waiting="Writing the rule…" />
      {rule && (
        <Scrollable label="The corrected rule">
          <pre className={css.text}>{rule.text}</pre>
        </Scrollable>
      )}
    </div>
  );
}
