import type { Format } from './format';
import { jsonSampleOf } from './json';
import { jsonObjects } from './json-table';
import { knownKeys, LINES_AS_SENT } from './text-lines';

/** Records as JSON objects: LSS log receivers with a JSON template (one a line), arrays, or one after another. */
export const jsonRecords: Format = {
  recognise: (sample) => {
    const json = jsonSampleOf(sample);
    const known = knownKeys((json?.objects ?? []).flatMap(Object.keys));
    if (!json || known.length < 2) return undefined;
    const title = json.cut.by === 'line' ? 'LSS JSON lines' : `LSS JSON, ${json.how}`;
    return {
      ...jsonObjects(json, title, `${json.how}, with ${known.slice(0, 3).join(', ')}`),
      messages: () => LINES_AS_SENT,
    };
  },
};
