import { FolderOpen } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Client } from '../../shared/rpc';
import type { Rule } from '../../shared/rules';
import { ProblemWords } from '../ProblemWords';
import { problemOf } from '../problem';
import type { Problem } from '../problem';
import { AnswerState } from './AnswerState';
import css from './RuleDialog.module.css';
import { useAnswer } from '../use-answer';

interface Props {
  client: Client;
  onRule: (rule: Rule) => void;
  /** Told the text of the published rule, the first of those that come with Doppel. */
  onPublished: (query: string) => void;
}

/** Which rule: one that comes with Doppel, or a Sentinel YAML file of the analyst's own. */
export function RuleChoice({ client, onRule, onPublished }: Props) {
  const ask = useCallback((signal: AbortSignal) => client.call('rules.list', {}, { signal }), [client]);
  const answer = useAnswer(ask);
  const [own, setOwn] = useState<Rule>();
  const [chosen, setChosen] = useState(0);
  const [problem, setProblem] = useState<Problem>();
  const input = useRef<HTMLInputElement>(null);
  const first = answer.value?.[0]?.rule;
  useEffect(() => {
    if (!first) return;
    onRule(first);
    onPublished(first.query);
  }, [first, onRule, onPublished]);
  const rules = [...(answer.value ?? []).map((each) => each.rule), ...(own ? [own] : [])];

  const open = async (file: File): Promise<void> => {
    try {
      const { rule } = await client.call('rule.read', { file: file.name, yaml: await file.text() });
      setProblem(undefined);
      setOwn(rule);
      setChosen(answer.value?.length ?? 0);
      onRule(rule);
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <div>
      <div className={css.choice}>
        <select
          aria-label="Rule"
          value={chosen}
          onChange={(event) => {
            const at = Number(event.target.value);
            setChosen(at);
            const rule = rules[at];
            if (rule) onRule(rule);
          }}
        >
          {rules.map((rule, index) => (
            <option key={`${rule.id} ${rule.name}`} value={index}>
              {rule.name}
            </option>
          ))}
        </select>
        <button type="button" onClick={() => input.current?.click()}>
          <FolderOpen size={16} /> Open a rule file
        </button>
        <input
          ref={input}
          type="file"
          hidden
          accept=".yaml,.yml"
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file) void open(file);
          }}
        />
      </div>
      <AnswerState answer={answer} waiting="Reading the rules…" />
      {problem && (
        <p role="alert">
          <ProblemWords problem={problem} />
        </p>
      )}
    </div>
  );
}
