import { fieldOf, isMessageField } from '../ingest/fields';
import type { Format } from './format';
import { keysOf, readObjects } from './json';

/** LSS log receivers with a JSON template: one object a line. User Activity and User Status may be mixed. */
export const jsonLines: Format = {
  recognise: ({ lines }) => {
    const keys = [...keysOf(lines.slice(0, 200))];
    const known = keys.filter((key) => fieldOf(key) !== undefined);
    if (known.length < 2 || keys.some(isMessageField)) return undefined;
    return {
      title: 'LSS JSON lines',
      because: `one JSON object a line, with ${known.slice(0, 3).join(', ')}`,
      cut: { by: 'line' },
      keys: keysOf,
      extractions: readObjects,
    };
  },
};
