import type { Format, Recognised, Sample } from './format';
import { jsonLines } from './json-lines';

/** Every format that Doppel reads, in the order in which they are asked. */
export const FORMATS: readonly Format[] = [jsonLines];

export function recognise(sample: Sample): Recognised | undefined {
  for (const format of FORMATS) {
    const recognised = format.recognise(sample);
    if (recognised) return recognised;
  }
  return undefined;
}
