import { mendEmpties } from '../ingest/empty-mender';
import type { Format } from './format';
import { objectOf } from './json';
import { jsonRecords } from './json-records';

/**
 * LSS JSON of older templates, which write nothing at all for a list that is empty: `"TrustedNetworks": ,`. It is no JSON
 * until `null` stands there; only such records are changed, in a copy. Source: records in the tests of Splunk Connect for
 * Syslog.
 */
export const jsonEmpties: Format = {
  recognise: (sample) => {
    if (!/:\s*[,}\]]/u.test(sample.text)) return undefined;
    const text = mendEmpties(sample.text);
    const lines = sample.lines.map(mendEmpties);
    const recognised = text === sample.text ? undefined : jsonRecords.recognise({ text, lines });
    if (!recognised) return undefined;
    const isByLine = recognised.cut.by === 'line';
    const isMended = lines.some((line, index) => line !== sample.lines[index] && objectOf(line) !== undefined);
    if (isByLine && !isMended) return undefined;
    return {
      ...recognised,
      title: `${recognised.title} with empty values`,
      because: `${recognised.because}; values that are left empty are read as null`,
      cut: isByLine ? { by: 'line', mend: true } : recognised.cut,
    };
  },
};
