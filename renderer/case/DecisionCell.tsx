import { createContext, useContext } from 'react';
import { NotebookPen, PencilLine } from 'lucide-react';
import { Value } from '../Value';
import { countOf } from '../format-number';
import { useStore } from '../store';
import { CaseStore } from './case-store';
import { SHORT_VERDICTS } from './verdict-words';

/** The decisions that the cells of a table show. */
export const DecisionsContext = createContext(new CaseStore());

interface Props {
  finding: string;
  what: 'status' | 'verdict' | 'assignee' | 'tags' | 'notes';
}

/** What has been decided about a finding, as a cell of a table. Of notes a mark with their number, and that there is a draft. */
export function DecisionCell({ finding, what }: Props) {
  const { info, decisions, drafts } = useStore(useContext(DecisionsContext));
  if (!info) return null;
  const state = decisions.get(finding);
  if (what === 'status') return state?.status ?? 'new';
  if (what === 'verdict') {
    return state?.verdict ? <span title={state.verdict}>{SHORT_VERDICTS[state.verdict]}</span> : null;
  }
  if (what === 'notes') {
    const count = state?.notes.length ?? 0;
    const isDraft = drafts.has(finding);
    if (count === 0 && !isDraft) return null;
    return (
      <span title={`${countOf(count, 'note')}${isDraft ? ', and a draft that is not saved' : ''}`}>
        {count > 0 && (
          <>
            <NotebookPen size={14} aria-hidden /> {count}
            <span className="visually-hidden">{count === 1 ? ' note' : ' notes'}</span>
          </>
        )}
        {isDraft && (
          <>
            {' '}
            <PencilLine size={14} aria-hidden />
            <span className="visually-hidden"> draft</span>
          </>
        )}
      </span>
    );
  }
  const text = what === 'tags' ? state?.tags.join(', ') : state?.[what];
  return text ? <Value text={text} /> : null;
}
