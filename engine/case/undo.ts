import type { DecisionRecord } from './record';
import { applyTo, isAfter, setOf, settings, unset } from './state';
import type { DecisionSet, Fields } from './state';

/**
 * What a new record has to set so that `target` counts for nothing; undefined when it already does, or when later
 * decisions have replaced all of it. `history` is every record of that finding. To undo an undo is to redo.
 */
export function undoing(history: readonly DecisionRecord[], target: DecisionRecord): DecisionSet | undefined {
  const now = fold(effective(history));
  const without = fold(effective(history, target.id));
  const restored = settings(target.set)
    .map(([key]) => [key, without.get(key)?.value ?? unset(key)] as const)
    .filter(([key, value]) => value !== (now.get(key)?.value ?? unset(key)));
  return restored.length > 0 ? setOf(restored) : undefined;
}

/**
 * The records that count: from the newest back, an undo that is not itself undone takes out its target, and stands for
 * nothing more than that.
 */
function effective(history: readonly DecisionRecord[], undone?: string): DecisionRecord[] {
  const out = new Set<string>(undone === undefined ? [] : [undone]);
  const newestFirst = history.toSorted((a, b) => (isAfter(a, b) ? -1 : 1));
  return newestFirst.filter((record) => {
    if (out.has(record.id)) return false;
    if (record.undoes === undefined) return true;
    out.add(record.undoes);
    return false;
  });
}

function fold(records: readonly DecisionRecord[]): Fields {
  const fields: Fields = new Map();
  for (const record of records) applyTo(fields, record);
  return fields;
}
