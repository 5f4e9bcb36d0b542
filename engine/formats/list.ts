import { adxV1 } from './adx-v1';
import { adxV2 } from './adx-v2';
import { nestedRecords, withDeeper } from './around';
import { csvHeader } from './csv-header';
import type { Format, Recognised, Sample } from './format';
import { jsonRecords } from './json-records';
import { jsonWrapped } from './json-wrapped';
import { leef } from './leef';
import { ecs } from './ecs';
import { elasticHits } from './elastic-hits';
import { headlessCsv } from './headless-csv';
import { jsonEmpties } from './json-empties';
import { logAnalyticsApi } from './log-analytics-api';
import { lssTemplate } from './lss-template';
import { syslogJson } from './syslog-json';
import { logscale } from './logscale';
import { rawCsv } from './raw-csv';
import { splunk } from './splunk';
import { splunkCsv } from './splunk-csv';
import { zpaCl } from './zpa-cl';
import { zpaClCsv } from './zpa-cl-csv';

/** Every format that Doppel reads, in the order in which they are asked: what wraps a record before what is one. */
const FORMATS: readonly Format[] = [
  logAnalyticsApi,
  adxV1,
  adxV2,
  elasticHits,
  splunk,
  ecs,
  logscale,
  zpaCl,
  jsonEmpties,
  jsonRecords,
  jsonWrapped,
  syslogJson,
  leef,
  lssTemplate,
  zpaClCsv,
  splunkCsv,
  rawCsv,
  csvHeader,
  headlessCsv,
];

/** The format of a text, and of what lies in its texts; undefined when none of them knows it. */
export function recognise(sample: Sample): Recognised | undefined {
  const own = flat(sample);
  return nestedRecords(sample, own, flat) ?? (own && withDeeper(sample, own, flat));
}

function flat(sample: Sample): Recognised | undefined {
  for (const format of FORMATS) {
    const recognised = format.recognise(sample);
    if (recognised) return recognised;
  }
  return undefined;
}
