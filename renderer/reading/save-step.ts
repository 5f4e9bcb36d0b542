import type { SavedReading } from '../../shared/choices';

/** What the button beside the name does, and its words. */
type SaveStep = { words: string; help: string } & (
  | { does: 'save' }
  | { does: 'rename'; from: string }
  | { does: undefined }
);

interface Situation {
  /** All that are saved, for whatever shape. */
  readings: readonly SavedReading[];
  /** Of the file; undefined until it is known. */
  shape: string | undefined;
  /** The one that says what is chosen now. */
  current: SavedReading | undefined;
  name: string;
  /** Nothing was chosen. */
  isDefault: boolean;
}

const OFFERED = 'It is taken for files with the same columns or of the same format, and can be changed there.';

/** Saves under a new name, replaces the reading of that name, or renames the one that is shown; else says why not. */
export function saveStep({ readings, shape, current, name, isDefault }: Situation): SaveStep {
  const words = 'Save this reading';
  if (shape === undefined) return { does: undefined, words, help: '' };
  if (shape === '')
    return {
      does: undefined,
      words,
      help: 'This file has neither a format nor columns by which others could be known.',
    };
  if (isDefault) return { does: undefined, words, help: 'Nothing is chosen yet that could be saved.' };
  const holder = readings.find((each) => each.name === name);
  if (holder && holder.shape !== shape) {
    return { does: undefined, words, help: 'This name is taken by a reading for other files.' };
  }
  if (current && holder === current) return { does: undefined, words: 'Saved', help: OFFERED };
  if (name === '') return { does: undefined, words, help: 'Give it a name to save it for files like this one.' };
  if (holder) return { does: 'save', words: 'Replace the reading of this name', help: OFFERED };
  if (current) return { does: 'rename', from: current.name, words: 'Rename the reading', help: OFFERED };
  return { does: 'save', words, help: OFFERED };
}
