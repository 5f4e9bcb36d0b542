import type { Change, FindingState } from '../../shared/decisions';
import { DoppelError, messageOf } from '../../shared/errors';
import { countOf, formatCount } from '../format-number';

/** How a change is made. Of many findings so many are saved at a time. */
export interface Deciding {
  /** Hears how many are saved. */
  onSaved?: (saved: number) => void;
  /** No more are begun once it is aborted. */
  signal?: AbortSignal;
  /** About whom it is, where what was done is to be told, as of a key. */
  tell?: string;
}

/** A decision in words, for the button that takes it back. */
export function changeInWords(change: Change, findings: number): string {
  const { status, verdict, assignee, addTags = [], removeTags = [], note } = change;
  const parts: string[] = [];
  if (status !== undefined) parts.push(`status ${status}`);
  if (verdict !== undefined) parts.push(`verdict ${verdict ?? 'none'}`);
  if (assignee !== undefined) parts.push(`assignee ${assignee ?? 'nobody'}`);
  for (const tag of addTags) parts.push(`tag ${tag}`);
  for (const tag of removeTags) parts.push(`no tag ${tag}`);
  if (note) parts.push(note.text === null ? 'note removed' : note.id === undefined ? 'note' : 'note edited');
  const what = parts.join(', ');
  return findings === 1 ? what : `${what} (${formatCount(findings)} users)`;
}

/** Why a decision is not saved, and what to do. */
export function notSavedInWords(
  error: unknown,
  findings: readonly string[],
  known: ReadonlyMap<string, FindingState>,
): string {
  if (error instanceof DoppelError && error.code === 'disconnected') {
    return 'It may not be saved: the case was lost meanwhile. Look whether it is there, and decide again where it is not.';
  }
  if (!(error instanceof DoppelError) || error.code !== 'verdict-needed') return `Not saved. ${messageOf(error)}`;
  const without = findings.filter((finding) => (known.get(finding)?.verdict ?? null) === null).length;
  if (without === 0) return 'Not saved: a closed finding keeps a verdict. Choose another, or reopen the finding first.';
  if (findings.length === 1) return 'Not closed: there is no verdict yet. Choose one first (keys 1 to 5).';
  return (
    `Not closed: ${formatCount(without)} of ${countOf(findings.length, 'user')} ${without === 1 ? 'has' : 'have'} no ` +
    'verdict yet. Choose one for them first (keys 1 to 5).'
  );
}
