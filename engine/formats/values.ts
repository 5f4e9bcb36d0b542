import type { Recognised, Sample } from './format';
import { jsonSampleOf } from './json';
import { fieldsOf, namesIn, readPlaces, wordsOf } from './unwrap';
import type { Places } from './unwrap';

/** Records inside JSON values: recognised when a value `isOne`, and such values hold at least two known fields. */
export function valueRecords(
  sample: Sample,
  places: Places,
  isOne: (value: Record<string, unknown>) => boolean,
  title: string,
  what: string,
): Recognised | undefined {
  const json = jsonSampleOf(sample);
  const ones = (json?.values ?? []).filter((_, index) => {
    const value = json?.parsed[index];
    return value !== undefined && isOne(value);
  });
  const fields = fieldsOf(namesIn(places, ones));
  if (!json || fields.size < 2) return undefined;
  return {
    title,
    because: `${json.how}, with ${what} and ${wordsOf(fields)} in it`,
    cut: json.cut,
    keys: (lines) => namesIn(places, lines),
    extractions: (spellings) => readPlaces(places, spellings),
  };
}
