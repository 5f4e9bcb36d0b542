import { isDefault } from '../../shared/choices';
import type { Choices, SavedReading } from '../../shared/choices';
import { DoppelError } from '../../shared/errors';
import type { Sample } from './format';
import { readAs } from './read-as';
import type { ReadAs } from './read-as';

interface Asked {
  /** Undefined: nobody chose. */
  choices?: Choices;
  name: string;
  isOneOfSeveral: boolean;
}

/**
 * As `readAs`, by what was chosen for files of this shape before what was chosen for all; where nobody chose, or what was
 * chosen for several files is for other columns, as was saved last for files of this shape. A saved reading that cannot be
 * used, such as one that was edited by hand, is passed over.
 */
export function readAsSaved(sample: Sample, asked: Asked, saved: readonly SavedReading[]): ReadAs {
  const { name, isOneOfSeveral } = asked;
  const { byShape, ...choices } = asked.choices ?? {};
  // whether the first row is one of names decides on the columns, the other choices do not
  const shapes = new Map<boolean | undefined, string>();
  const isFor = (shape: string, { header }: Choices): boolean => {
    const own = shapes.get(header) ?? readAs(sample, header === undefined ? {} : { header }, name).reading.shape;
    shapes.set(header, own);
    return own !== '' && own === shape;
  };
  const chosen = Object.entries(byShape ?? {}).find(([shape, each]) => isFor(shape, each));
  if (chosen) return readAs(sample, chosen[1], name);
  const read = readAs(sample, choices, name, isOneOfSeveral);
  const isChosen = asked.choices !== undefined && (byShape === undefined || !isDefault(choices));
  // what is not for these columns comes back without its mapping
  if (isChosen && read.reading.choices === choices) return read;
  for (const each of saved.toSorted((a, b) => b.savedAt - a.savedAt)) {
    const fitting = isFor(each.shape, each.choices) ? readIfPossible(sample, each, name) : undefined;
    if (fitting) return fitting;
  }
  return read;
}

function readIfPossible(sample: Sample, saved: SavedReading, name: string): ReadAs | undefined {
  const { choices, savedAt } = saved;
  try {
    const { format, reading } = readAs(sample, choices, name);
    const day = new Date(savedAt).toISOString().slice(0, 10);
    const text = `read as “${saved.name}”, which was saved on ${day}`;
    const notes = [{ about: 'columns', text, sure: 'chosen' } as const, ...reading.notes];
    return { format, reading: { ...reading, saved: { name: saved.name, savedAt }, notes } };
  } catch (error) {
    if (error instanceof DoppelError && error.code === 'bad-choice') return undefined;
    throw error;
  }
}
