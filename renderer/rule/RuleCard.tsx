import type { ReactNode } from 'react';
import type { Rule, RuleRun } from '../../shared/rules';
import { spellDuration } from '../../shared/time';
import { Value } from '../Value';
import css from './RuleCard.module.css';
import { tacticInWords, techniqueInWords } from './mitre';

const OPERATOR_WORDS = { gt: 'more than', lt: 'fewer than', eq: 'exactly', ne: 'any number but' } as const;

/** The rule as Sentinel's own card shows it: schedule, MITRE ATT&CK coverage, entities, and the fields that come out. */
export function RuleCard({ rule, run }: { rule: Rule; run: RuleRun | undefined }) {
  const { frequencyMs, periodMs, trigger } = rule;
  return (
    <details className={css.card}>
      <summary>
        <strong>
          <Value text={rule.name} />
        </strong>{' '}
        <span className={css.quiet}>
          {rule.kind === 'hunting' ? 'hunting query' : `severity ${rule.severity ?? 'not set'}`}
          {rule.version && <Value text={`, version ${rule.version}`} />}
        </span>
      </summary>
      <dl>
        {frequencyMs !== null && (
          <Fact name="Schedule">
            every {spellDuration(frequencyMs)}
            {periodMs !== null && ` over the last ${spellDuration(periodMs)}`}
            {trigger &&
              `; raises an alert when there are ${OPERATOR_WORDS[trigger.operator]} ${trigger.threshold} rows`}
          </Fact>
        )}
        <Fact name="MITRE ATT&CK">
          <Value
            text={
              [...rule.tactics.map(tacticInWords), ...rule.techniques.map(techniqueInWords)].join(', ') || 'none named'
            }
          />
        </Fact>
        <Fact name="Indicators">
          <Value
            text={
              run?.predicates
                .map(({ column, operator, value }) => [column, operator, ...(value === null ? [] : [value])].join(' '))
                .join('; ') ?? 'known after the first run'
            }
          />
        </Fact>
        <Fact name="Entities">
          <Value
            text={
              rule.entities.map((each) => `${each.type}.${each.identifier} = ${each.column}`).join(', ') ||
              'none mapped'
            }
          />
        </Fact>
        <Fact name="Output fields">
          <Value
            text={run?.columns.map((each) => `${each.name} (${each.type})`).join(', ') ?? 'known after the first run'}
          />
        </Fact>
        {Object.keys(rule.customDetails).length > 0 && (
          <Fact name="Custom details">
            <Value
              text={Object.entries(rule.customDetails)
                .map(([name, column]) => `${name} = ${column}`)
                .join(', ')}
            />
          </Fact>
        )}
        <Fact name="Data">
          <Value
            text={
              rule.connectors.map((each) => `${each.connectorId} (${each.dataTypes.join(', ')})`).join(', ') ||
              'no connector named'
            }
          />
        </Fact>
        <Fact name="Id">
          <Value text={rule.id} />
        </Fact>
      </dl>
    </details>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
