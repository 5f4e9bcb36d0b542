import { useId } from 'react';
import type { ReactNode } from 'react';
import { Tabs, panelOf } from '../Tabs';
import css from './RuleDialog.module.css';

const NAMES = {
  stages: 'Stages',
  rows: 'Rows',
  replay: 'Schedule',
  compare: 'Comparison',
  corrected: 'Corrected rule',
  changes: 'Changes',
};
export type RuleTab = keyof typeof NAMES;
const ORDER = ['stages', 'rows', 'replay', 'compare', 'corrected', 'changes'] as const satisfies readonly RuleTab[];

/** What can be asked about the rule, one at a time. */
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
  return (
    <>
      <Tabs label="About the rule" id={id} tabs={ORDER} names={NAMES} tab={tab} onTab={onTab} className={css.tabs} />
      <div {...panelOf(id, tab)} className={css.panel}>
        {children}
      </div>
    </>
  );
}
