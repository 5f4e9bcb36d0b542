/**
 * What a case's decisions come to: a fold of records that gives the same whatever their order and however often one
 * comes, so that the journals of two analysts are merged by taking the records of both. No I/O.
 */
import type { FindingState, Note, Status, Subject, Verdict } from '../../shared/decisions';
import type { DecisionRecord } from './record';

/** One thing about a finding that is set on its own: `status`, `verdict`, `assignee`, `tag <name>`, `note <id>` or `subject`. */
type Key = string;
type Value = string | boolean | Subject | null;

/** Who set a value, and when: of two, the one with the greater (ts, id) holds. */
interface Stamped {
  value: Value;
  ts: number;
  id: string;
  author: string;
}
/** What has been set about one finding. */
export type Fields = Map<Key, Stamped>;
export type State = Map<string, Fields>;
export type DecisionSet = DecisionRecord['set'];

/** Known with a decision and not decided, so that undo leaves it alone. */
const SUBJECT: Key = 'subject';

/** Takes a record into the state; the order in which records come makes no difference. */
export function apply(state: State, record: DecisionRecord): void {
  let fields = state.get(record.finding);
  if (!fields) state.set(record.finding, (fields = new Map()));
  applyTo(fields, record);
}

/** Takes a record into the fields of its finding: of each field the latest setting stays. */
export function applyTo(fields: Fields, { set, subject, ts, id, author }: DecisionRecord): void {
  const known: [Key, Value][] = subject ? [[SUBJECT, subject]] : [];
  for (const [key, value] of [...settings(set), ...known]) {
    const held = fields.get(key);
    if (!held || isAfter({ ts, id }, held)) fields.set(key, { value, ts, id, author });
  }
}

/** Orders records as the fold does. */
export function isAfter(a: { ts: number; id: string }, b: { ts: number; id: string }): boolean {
  return a.ts === b.ts ? a.id > b.id : a.ts > b.ts;
}

/** Everything that a set touches, as key and value. A tag both added and removed is removed. */
export function settings(set: DecisionSet): [Key, Value][] {
  const all: [Key, Value][] = [];
  if (set.status !== undefined) all.push(['status', set.status]);
  if (set.verdict !== undefined) all.push(['verdict', set.verdict]);
  if (set.assignee !== undefined) all.push(['assignee', set.assignee]);
  const removed = new Set(set.removeTags);
  for (const tag of set.addTags ?? []) if (!removed.has(tag)) all.push([`tag ${tag}`, true]);
  for (const tag of removed) all.push([`tag ${tag}`, false]);
  if (set.note !== undefined) all.push([`note ${set.note.id}`, set.note.text]);
  return all;
}

/** The inverse of `settings`. At most one note, because one record sets one. */
export function setOf(entries: Iterable<readonly [Key, Value]>): DecisionSet {
  const set: DecisionSet = {};
  for (const [key, value] of entries) {
    // a key fixes the type of its value: `settings` is the only place where keys are made
    if (key === 'status') set.status = value as Status;
    else if (key === 'verdict') set.verdict = value as Verdict | null;
    else if (key === 'assignee') set.assignee = value as string | null;
    else if (key.startsWith('note ')) set.note = { id: key.slice(5), text: value as string | null };
    else if (value === true) (set.addTags ??= []).push(key.slice(4));
    else (set.removeTags ??= []).push(key.slice(4));
  }
  return set;
}

/** What a key holds where nobody has set it. */
export function unset(key: Key): Value {
  if (key === 'status') return 'new';
  return key.startsWith('tag ') ? false : null;
}

/**
 * The records that still hold something, cut down to what they hold: folding these gives the same state.
 * They are what a snapshot keeps.
 */
export function* holding(
  state: State,
): Generator<Pick<DecisionRecord, 'id' | 'ts' | 'author' | 'finding' | 'set' | 'subject'>> {
  for (const [finding, fields] of state) {
    const byId = new Map<string, [Key, Stamped][]>();
    for (const entry of fields) {
      const same = byId.get(entry[1].id);
      if (same) same.push(entry);
      else byId.set(entry[1].id, [entry]);
    }
    for (const [id, entries] of byId) {
      const stamped = entries[0]?.[1];
      if (!stamped) continue;
      const { ts, author } = stamped;
      const decided = entries.filter(([key]) => key !== SUBJECT);
      const subject = subjectOf(new Map(entries));
      yield {
        id,
        ts,
        author,
        finding,
        set: setOf(decided.map(([key, { value }]) => [key, value] as const)),
        ...(subject && { subject }),
      };
    }
  }
}

/**
 * The state for people. Merging two journals can leave a finding closed by one analyst and without the verdict that
 * another took back: it shows as in progress, because closing needs a verdict.
 */
export function findingState(finding: string, fields: Fields): FindingState {
  const valueOf = (key: Key): Value => fields.get(key)?.value ?? unset(key);
  const tags: string[] = [];
  const notes: Note[] = [];
  let last: Stamped | undefined;
  for (const [key, stamped] of fields) {
    const { value, author, ts } = stamped;
    if (!last || isAfter(stamped, last)) last = stamped;
    if (key.startsWith('tag ') && value === true) tags.push(key.slice(4));
    if (key.startsWith('note ') && typeof value === 'string') notes.push({ id: key.slice(5), text: value, author, ts });
  }
  const status = valueOf('status') as Status; // the key fixes the type
  const verdict = valueOf('verdict') as Verdict | null; // the key fixes the type
  const subject = subjectOf(fields);
  return {
    finding,
    status: status === 'closed' && verdict === null ? 'in progress' : status,
    verdict,
    assignee: valueOf('assignee') as string | null, // the key fixes the type
    tags: tags.toSorted(),
    notes: notes.toSorted((a, b) => a.ts - b.ts || (a.id < b.id ? -1 : 1)),
    changedAt: last?.ts ?? 0,
    changedBy: last?.author ?? '',
    ...(subject && { subject }),
  };
}

/** Whom the finding is about, as it was told last; undefined where it never was. */
function subjectOf(fields: Fields | undefined): Subject | undefined {
  return fields?.get(SUBJECT)?.value as Subject | undefined; // the key fixes the type
}

/** The time of the latest decision that holds something about a finding; 0 when there is none. */
export function latest(fields: Fields | undefined): number {
  let ts = 0;
  for (const stamped of fields?.values() ?? []) ts = Math.max(ts, stamped.ts);
  return ts;
}

/** What is told of a finding's subject, where it is not known already. */
export function newSubject(told: Subject | undefined, fields: Fields | undefined): { subject?: Subject } {
  return told && JSON.stringify(told) !== JSON.stringify(subjectOf(fields)) ? { subject: told } : {};
}
