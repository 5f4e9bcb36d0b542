import { useCallback, useMemo, useState } from 'react';
import type { Params } from '../../shared/contract';
import type { Parameters } from '../../shared/domain';
import type { Client } from '../../shared/rpc';
import type { ReadingAgain, Rule, RuleVariant } from '../../shared/rules';
import { scheduleOf } from '../../shared/schedule';
import { Dialog } from '../Dialog';
import type { ParameterTexts } from '../parameters/parameter-texts';
import { isoTime, parseIsoTime } from '../../shared/time';
import { formatTime } from '../format-time';
import { useDebounced } from '../use-debounced';
import { AnswerState } from './AnswerState';
import { ChangesTab } from './ChangesTab';
import { CompareTab } from './CompareTab';
import { CorrectedTab } from './CorrectedTab';
import { KqlEditor } from './KqlEditor';
import { ReplayTab } from './ReplayTab';
import { RuleCard } from './RuleCard';
import { RuleChoice } from './RuleChoice';
import css from './RuleDialog.module.css';
import { RuleTabs } from './RuleTabs';
import type { RuleTab } from './RuleTabs';
import { SampleTable } from './SampleTable';
import { StagesTab } from './StagesTab';
import { useAnswer } from '../use-answer';

/** What the comparison is told of the text at the left, where it is not the published one. */
function otherThan(published: string, kql: string, rule: Rule): Params<'rule.compare'>['other'] {
  return kql === published ? undefined : { kql, variant: 'published', ...scheduleOf(rule) };
}

interface Props {
  client: Client;
  parameters: Parameters;
  /** The user who is selected in the queue, as the log spells them: the trace follows them first. */
  user: string;
  /** Shows a flagged user in the queue. */
  onQueue: (user: string) => void;
  onDetect: (parameters: Parameters) => void;
  onClose: () => void;
}

/** The rule lab: a rule's text, run stage by stage over the open log, replayed, compared, and handed back corrected. */
export function RuleDialog({ client, parameters, user: selectedUser, onQueue, onDetect, onClose }: Props) {
  const [rule, setRule] = useState<Rule>();
  const [text, setText] = useState('');
  const [variant, setVariant] = useState<RuleVariant>('published');
  const [typedUser, setTypedUser] = useState(selectedUser);
  const [tab, setTab] = useState<RuleTab>('stages');
  const [stageId, setStageId] = useState<number>();
  const [moved, setMoved] = useState<ParameterTexts>();
  const [typedAt, setTypedAt] = useState('');
  const kql = useDebounced(text, 300);
  const atText = useDebounced(typedAt.trim(), 300);
  const at = atText === '' ? null : parseIsoTime(atText);
  const user = useDebounced(typedUser.trim(), 300);
  const [published, setPublished] = useState<string>();
  const choose = useCallback((chosen: Rule) => {
    setRule(chosen);
    setText(chosen.query);
    setStageId(undefined);
  }, []);

  /** A scheduled run, stage by stage. */
  const look = useCallback((time: number) => {
    setTypedAt(isoTime(time));
    setTab('stages');
  }, []);

  const diagnose = useCallback(
    (signal: AbortSignal) => client.call('kql.diagnose', { kql }, { signal }),
    [client, kql],
  );
  const diagnosed = useAnswer(kql === '' ? undefined : diagnose);
  const diagnostics = useMemo(() => diagnosed.value ?? [], [diagnosed.value]);
  const periodMs = rule?.periodMs ?? null;
  const run = useCallback(
    (signal: AbortSignal, onProgress: (reading: ReadingAgain) => void) =>
      client.call(
        'rule.run',
        {
          kql,
          at: at ?? null,
          periodMs,
          variant,
          trace: 'samples',
          ...(user === '' ? {} : { user }),
          limits: { rows: 500 },
        },
        { signal, onProgress },
      ),
    [client, kql, at, periodMs, variant, user],
  );
  const sound = kql !== '' && !diagnosed.waiting && diagnostics.length === 0;
  const answer = useAnswer(sound && at !== undefined ? run : undefined);
  const ran = diagnostics.length === 0 ? answer.value : undefined;
  const other = useMemo(
    () => (rule && sound && published !== undefined ? otherThan(published, kql, rule) : undefined),
    [rule, sound, published, kql],
  );
  const stage = ran?.stages.find((each) => each.id === stageId);

  return (
    <Dialog title="The rule" wide onClose={onClose}>
      <div className={css.view}>
        <div className={css.left}>
          <RuleChoice client={client} onRule={choose} onPublished={setPublished} />
          {rule && <RuleCard rule={rule} run={ran} />}
          {rule ? (
            <KqlEditor
              key={`${rule.id} ${rule.name}`}
              start={rule.query}
              onText={setText}
              diagnostics={diagnostics}
              marked={stage}
            />
          ) : (
            <div />
          )}
          <div className={css.faults} aria-live="polite">
            {diagnostics.map(({ code, message, start }) => (
              <p key={`${code} ${start}`}>
                Line {text.slice(0, start).split('\n').length}: {message}
              </p>
            ))}
          </div>
        </div>
        <div className={css.right}>
          <div className={css.settings}>
            <label>
              Run it{' '}
              <select
                value={variant}
                onChange={(event) =>
                  setVariant(event.target.value === 'published-inner' ? 'published-inner' : 'published')
                }
              >
                <option value="published">as it stands</option>
                <option value="published-inner">with kind=inner on joins that name no kind</option>
              </select>
            </label>
            <label>
              and follow{' '}
              <input
                value={typedUser}
                placeholder="a user"
                spellCheck={false}
                maxLength={500}
                onChange={(event) => setTypedUser(event.target.value)}
              />
            </label>
            <label>
              at (UTC){' '}
              <input
                value={typedAt}
                placeholder="the newest event"
                spellCheck={false}
                maxLength={40}
                aria-invalid={at === undefined}
                onChange={(event) => setTypedAt(event.target.value)}
              />
            </label>
            {at === undefined && <span role="alert">Write a time such as 2026-03-02T11:00.</span>}
          </div>
          <RuleTabs tab={tab} onTab={setTab}>
            {(tab === 'stages' || tab === 'rows') && diagnostics.length > 0 && (
              <p>The text has errors, so it is not run.</p>
            )}
            {(tab === 'stages' || tab === 'rows') && diagnosed.waiting && !ran && <output>Reading the rule…</output>}
            {(tab === 'stages' || tab === 'rows') && sound && at !== undefined && (
              <AnswerState answer={answer} waiting="Running the rule…" />
            )}
            {tab === 'stages' && ran && (
              <StagesTab run={ran} user={user} selected={stage} onSelect={(chosen) => setStageId(chosen?.id)} />
            )}
            {tab === 'rows' && ran && (
              <>
                <p>
                  {ran.rows.length === 0
                    ? 'The rule returns no row: it raises no alert.'
                    : `The first ${ran.rows.length} rows.`}
                </p>
                {ran.notes.map((note) => (
                  <p key={note}>{note}</p>
                ))}
                <SampleTable
                  caption={`Evaluated at ${formatTime(ran.at)}, over the rule's period`}
                  sample={{ columns: ran.columns.map((column) => column.name), rows: ran.rows }}
                />
              </>
            )}
            {tab === 'replay' && rule && sound && (
              <ReplayTab client={client} rule={rule} kql={kql} variant={variant} onRun={look} />
            )}
            {tab === 'compare' && (
              <CompareTab {...{ client, parameters, moved, other, onQueue, onDetect }} onMove={setMoved} />
            )}
            {tab === 'changes' && rule && published !== undefined && (
              <ChangesTab key={rule.id} {...{ client, parameters, published }} opened={rule.query} text={text} />
            )}
            {tab === 'corrected' && <CorrectedTab client={client} parameters={parameters} />}
          </RuleTabs>
        </div>
      </div>
    </Dialog>
  );
}
