import type { FindingState } from './decisions';

/**
 * A message that tells of decisions stays below this many characters. A web shell takes frames of up to 4 MiB, and a
 * character is at most six bytes of JSON.
 */
export const PIECE_CHARACTERS = 500_000;
/** What a state takes besides its notes, about. */
const STATE_CHARACTERS = 400;

/** About how many characters a state takes. */
export function sizeOf({ notes, tags, subject }: FindingState): number {
  let size = STATE_CHARACTERS + (subject ? 2 * subject.user.length : 0);
  for (const tag of tags) size += tag.length;
  for (const note of notes) size += noteSize(note);
  return size;
}

/** How many of the states, from `from` on, fit into one message: at least one where there is one. */
export function fitting(states: readonly FindingState[], from = 0, most = Infinity): number {
  let size = 0;
  let count = 0;
  for (let at = from; at < states.length && count < most; at++) {
    const state = states[at];
    if (state) size += sizeOf(state);
    if (count > 0 && size > PIECE_CHARACTERS) break;
    count += 1;
  }
  return count;
}

export interface Piece {
  states: FindingState[];
  /** It has one state, and of that only notes that come after those of the piece before. */
  continues: boolean;
}

/** The states in messages of about PIECE_CHARACTERS, `most` states at most; one with more notes than fit comes in several. */
export function* piecesOf(states: readonly FindingState[], most: number): Generator<Piece> {
  for (let at = 0; at < states.length;) {
    const count = fitting(states, at, most);
    const some = states.slice(at, at + count);
    at += count;
    const [only] = some;
    if (some.length > 1 || !only || sizeOf(only) <= PIECE_CHARACTERS) yield { states: some, continues: false };
    else yield* partsOf(only);
  }
}

function* partsOf(state: FindingState): Generator<Piece> {
  const bare = sizeOf({ ...state, notes: [] });
  let notes: FindingState['notes'] = [];
  let size = bare;
  let continues = false;
  for (const note of state.notes) {
    const more = noteSize(note);
    if (notes.length > 0 && size + more > PIECE_CHARACTERS) {
      yield { states: [{ ...state, notes }], continues };
      notes = [];
      size = bare;
      continues = true;
    }
    notes.push(note);
    size += more;
  }
  yield { states: [{ ...state, notes }], continues };
}

function noteSize({ text, author }: FindingState['notes'][number]): number {
  return text.length + author.length + 100;
}
