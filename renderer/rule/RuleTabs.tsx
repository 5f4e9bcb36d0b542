import { useId, useRef } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import css from './RuleDialog.module.css';

const TABS = { stages: 'Stages', rows: 'Rows', replay: 'Schedule', compare: 'Comparison', corrected: 'Corrected rule' };
export type RuleTab = keyof typeof TABS;
const ORDER = ['stages', 'rows', 'replay', 'compare', 'corrected'] as const satisfies readonly RuleTab[];

/** What can be asked about the rule, one at a time; the arrow keys go from one to the next. */
export function RuleTabs({
  tab,
  onTab,
  children,
}: {
  tab: RuleTab;
  onTab: (tab: RuleTab) => void;
  children: ReactNode;
}) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = ORDER[(ORDER.indexOf(tab) + step + ORDER.length) % ORDER.length];
    if (next) onTab(next);
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
  };
  return (
    <>
      <div ref={list} role="tablist" aria-label="About the rule" className={css.tabs}>
        {ORDER.map((each) => (
          <button
            key={each}
            id={`${id}-${each}`}
            type="button"
            role="tab"
            aria-selected={tab === each}
            aria-controls={`${id}-panel`}
            tabIndex={tab === each ? 0 : -1}
            onClick={() => onTab(each)}
            onKeyDown={onKeyDown}
          >
            {TABS[each]}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${tab}`} className={css.panel}>
        {children}
      </div>
    </>
  );
}
