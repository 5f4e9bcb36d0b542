import type { Activity } from './decisions';

const LONGEST_NOTE = 200;

/** One line of the activity log as what somebody did: `set the status to closed; added the tag vpn`. */
export function activityInWords({ id, of, set, undoes }: Activity): string {
  const did = deedsOf(id, set).join('; ') || 'changed something that this version of Doppel does not know';
  const others = of > 1 ? ` (one of ${of.toLocaleString('en')} users at once)` : '';
  return `${undoes === undefined ? '' : 'took back an earlier decision: '}${did}${others}`;
}

function deedsOf(id: string, set: Activity['set']): string[] {
  const { status, verdict, assignee, addTags = [], removeTags = [], note } = set;
  const deeds: string[] = [];
  if (verdict !== undefined) deeds.push(verdict === null ? 'took the verdict away' : `gave the verdict ${verdict}`);
  if (status !== undefined) deeds.push(`set the status to ${status}`);
  if (assignee !== undefined) deeds.push(assignee === null ? 'assigned it to nobody' : `assigned it to ${assignee}`);
  if (addTags.length > 0) deeds.push(`added the ${tags(addTags)}`);
  if (removeTags.length > 0) deeds.push(`removed the ${tags(removeTags)}`);
  // a note has the id of the decision that wrote it
  if (note?.text === null) deeds.push('removed a note');
  else if (note) deeds.push(`${note.id === id ? 'wrote a note' : 'changed a note'}: “${shortened(note.text)}”`);
  return deeds;
}

function tags(names: readonly string[]): string {
  return `${names.length === 1 ? 'tag' : 'tags'} ${names.join(', ')}`;
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_NOTE ? `${line.slice(0, LONGEST_NOTE)}…` : line;
}
