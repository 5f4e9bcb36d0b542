import { useId, useState } from 'react';
import { Tabs, panelOf } from '../Tabs';
import { useStore } from '../store';
import { AssigneeField } from './AssigneeField';
import { History } from './History';
import { Notes } from './Notes';
import { TagsField } from './TagsField';
import type { CaseStore } from './case-store';
import css from './CasePanel.module.css';

const TABS = ['notes', 'history'] as const;

interface Props {
  store: CaseStore;
  finding: string;
  /** The field of the next note takes the focus at once. */
  writing: boolean;
}

/** What people say about the flagged user that is looked at: assignee, tags, notes, and who changed what. */
export function CasePanel({ store, finding, writing }: Props) {
  const { info, decisions, drafts } = useStore(store);
  const [tab, setTab] = useState<(typeof TABS)[number]>('notes');
  const id = useId();
  if (!info) return null;
  const disabled = info.readOnly !== null;
  const state = decisions.get(finding);
  const draft = drafts.has(finding) ? ', draft' : '';
  const names = { notes: `Notes (${state?.notes.length ?? 0}${draft})`, history: 'History' };
  return (
    <section id="case-panel" className={css.panel} aria-label="Notes and history">
      <div className={css.fields}>
        <AssigneeField
          store={store}
          finding={finding}
          assignee={state?.assignee ?? null}
          me={store.author}
          disabled={disabled}
        />
        <TagsField store={store} finding={finding} tags={state?.tags ?? []} disabled={disabled} />
      </div>
      <Tabs label="About this user" id={id} tabs={TABS} names={names} tab={tab} onTab={setTab} className={css.tabs} />
      <div {...panelOf(id, tab)} className={css.content}>
        {tab === 'notes' ? (
          <Notes store={store} finding={finding} writing={writing} />
        ) : (
          <History store={store} finding={finding} />
        )}
      </div>
    </section>
  );
}
